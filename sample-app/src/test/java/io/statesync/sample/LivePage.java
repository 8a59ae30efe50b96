package io.statesync.sample;

import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/** A source with its companion, and a browser: what `mvn spring-boot:run` and a visitor have. */
final class LivePage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path data = temporary();
    /** Web sockets that were opened at the source, the companion's among them. */
    private final AtomicInteger handshakes = new AtomicInteger();

    private final ConfigurableApplicationContext source;
    private final ChromeDriver browser;
    private final String url;
    private final SampleClient client;

    LivePage() {
        source = new SpringApplicationBuilder(SampleApplication.class)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean("handshakes", OncePerRequestFilter.class, this::countingHandshakes))
                .run(
                        "--server.port=0",
                        "--server.address=localhost",
                        "--sample.companion.port=0",
                        "--sample.data-dir=" + data);
        Companion.startBeside(source);
        url = "http://localhost:"
                + Objects.requireNonNull(((WebServerApplicationContext) source).getWebServer())
                        .getPort();
        client = new SampleClient(url);
        browser = Chromium.start(data.resolve("chromedriver.log").toFile());
    }

    private OncePerRequestFilter countingHandshakes() {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                if (request.getRequestURI().equals("/statesync/ws")) {
                    handshakes.incrementAndGet();
                }
                chain.doFilter(request, response);
            }
        };
    }

    /** Opens the page anew, with three windows that show these flags, all off, and ask every 2 s. */
    LivePage open(String... flags) {
        visit(flags);
        choose("interval", "2000");
        return this;
    }

    /** The same, and touches nothing. */
    LivePage visit(String... flags) {
        for (String flag : flags) {
            put(flag, false);
        }
        size(1280, 900);
        browser.get(url);
        until(
                "the page is there",
                () -> !browser.findElements(By.cssSelector("body[data-ready]")).isEmpty());
        until(
                "three windows are live",
                () -> Set.of("A", "B", "C").stream()
                        .allMatch(id -> window(id).state().equals("LIVE")));
        return this;
    }

    PageWindow window(String id) {
        return new PageWindow(this, id);
    }

    /** Edits at the source, past the page. */
    Revision put(String flag, boolean enabled) {
        return client.send("PUT", "/api/feature-flags/" + flag, "{\"enabled\":" + enabled + "}")
                .revision();
    }

    /** What the companion, or a further replica, has. */
    String replicaUrl() {
        return client.get("/api/replicas").text("/0/url");
    }

    SampleClient client() {
        return client;
    }

    int handshakes() {
        return handshakes.get();
    }

    String url() {
        return url;
    }

    ChromeDriver browser() {
        return browser;
    }

    WebElement find(String css) {
        return browser.findElement(By.cssSelector(css));
    }

    /** A tab of its own with this path; the driver looks at it from now on. */
    String newTab(String path) {
        browser.switchTo().newWindow(WindowType.TAB);
        browser.get(url + path);
        return browser.getWindowHandle();
    }

    void choose(String select, String value) {
        find("select[name=" + select + "] option[value='" + value + "']").click();
    }

    Object script(String script, Object... arguments) {
        return ((JavascriptExecutor) browser).executeScript(script, arguments);
    }

    /** The part of the page that can be seen, as on a device of this size. */
    void size(int width, int height) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void until(String what, Callable<Boolean> holds) {
        await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(holds);
    }

    @Override
    public void close() {
        browser.quit();
        source.close();
        FileSystemUtils.deleteRecursively(data.toFile());
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("live-page");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
