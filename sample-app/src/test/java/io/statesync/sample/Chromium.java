package io.statesync.sample;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Debian's Chromium and its driver, or those that the system properties {@code sample.chromium} and {@code sample.chromedriver}
 * name. Nothing is looked for and nothing is fetched: Selenium is given both paths.
 */
final class Chromium {

    static final Path BROWSER = Path.of(System.getProperty("sample.chromium", "/usr/bin/chromium"));
    static final Path DRIVER = Path.of(System.getProperty("sample.chromedriver", "/usr/bin/chromedriver"));

    /** What is said where there is none. */
    static final String MISSING = "no browser: " + BROWSER + " and " + DRIVER
            + " have to be there (apt-get install chromium chromium-driver), or -Dsample.chromium and -Dsample.chromedriver";

    private Chromium() {}

    static boolean isHere() {
        return Stream.of(BROWSER, DRIVER).allMatch(Files::isExecutable);
    }

    /** Starts it, without a window, with an empty profile, and with nobody to call but the page's source. */
    static ChromeDriver start(File log) {
        // should Selenium ever want to look for a driver: not over the network
        System.setProperty("SE_OFFLINE", "true");
        System.setProperty("SE_AVOID_STATS", "true");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-features=OptimizationHints,MediaRouter,Translate",
                "--window-size=1280,900");
        ChromeDriver driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .withLogFile(log)
                        .build(),
                options);
        driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(30)).scriptTimeout(Duration.ofSeconds(30));
        return driver;
    }
}
