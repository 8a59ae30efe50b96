package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** Whoever uses the page with a keyboard, a screen reader or a phone, in both themes. */
@InBrowser
class AccessBrowserIT {

    private static final String FLAG = "new-checkout";

    private static final String VIOLATIONS = """
            const done = arguments[arguments.length - 1];
            axe.run().then(({ violations }) => done(violations.map(({ id, help, nodes }) =>
                `${id}: ${help}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`).join('\\n')), e => done(String(e)));
            """;

    private static final String TOO_WIDE = """
            return [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll, .hidden, svg'))
                .map(e => e.outerHTML.slice(0, 100)).join('\\n')
                + (document.documentElement.scrollWidth > innerWidth ? '\\nthe page' : '');
            """;

    private final LivePage page;

    AccessBrowserIT(LivePage page) {
        this.page = page;
    }

    @Test
    void theKeyboardAloneIsEnoughToEdit() {
        page.visit(FLAG);
        press(Keys.TAB);
        assertThat(focused()).isEqualTo("To the windows");
        press(Keys.ENTER);
        // the button that closes the window comes first
        for (int i = 0; i < 10 && !focused().equals(FLAG); i++) {
            press(Keys.TAB);
        }
        assertThat(focused()).isEqualTo(FLAG);
        press(Keys.SPACE);

        page.until("the other window has it", () -> page.window("B").isOn(FLAG));
        assertThat(focused()).as("the focus stays").isEqualTo(FLAG);
    }

    @ParameterizedTest
    @CsvSource({"light,1280", "dark,1280", "light,360", "dark,360"})
    void axeFindsNothingNothingOverflowsAndThereIsAPicture(String theme, int width) throws IOException {
        page.open(FLAG, "dark-mode", "free-shipping");
        page.choose("theme", theme);
        page.size(width, 900);
        makeItBusy();

        assertIsFit();
        picture("page-" + theme + "-" + width + ".png", width);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void theTabThatSharesItsConnectionIsFitToo(String theme) {
        page.put(FLAG, true);
        page.size(360, 800);
        page.browser().get(page.url() + "/tab.html");
        page.choose("theme", theme);
        page.until("it has its data", () -> page.find("main").getText().contains(FLAG));

        assertIsFit();
    }

    private void assertIsFit() {
        assertThat(page.script(TOO_WIDE)).asString().isBlank();
        page.script(axe());
        assertThat(page.browser().executeAsyncScript(VIOLATIONS)).asString().isEmpty();
    }

    /** Something of all that there is to see. */
    private void makeItBusy() {
        page.until(
                "a JVM is shown", () -> page.find("#replicas tbody").getText().contains("LIVE"));
        page.window("B").turn("drop");
        page.window("C").turn("disconnect");
        page.window("A").flag(FLAG).click();
        page.until(
                "it is lost and seen",
                () -> page.window("A").isOn(FLAG)
                        && page.window("C").state().equals("STALE")
                        && page.window("B").isOn(FLAG));
        page.client().send("PUT", "/api/stock/backend", "{\"mode\":\"refusing\"}");
        page.find("[aria-label='One more of Melons']").click();
        page.until(
                "it is taken back",
                () -> page.find("[data-sku=melons] .state").getText().equals("taken back"));
        page.client().send("PUT", "/api/stock/backend", "{\"mode\":\"ok\"}");
    }

    private void press(Keys key) {
        page.browser().switchTo().activeElement().sendKeys(key);
    }

    private String focused() {
        return page.browser().switchTo().activeElement().getText().strip();
    }

    private static String axe() {
        try (var script = AccessBrowserIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole page, not only what can be seen of it. */
    private void picture(String name, int width) throws IOException {
        long height = (Long) page.script("return document.documentElement.scrollHeight");
        Map<String, Object> clip = Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
        Object image = page.browser()
                .executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip))
                .get("data");
        Path folder = Files.createDirectories(Path.of(System.getProperty("sample.screenshots", "target/screenshots")));
        Files.write(folder.resolve(name), Base64.getDecoder().decode(String.valueOf(image)));
    }
}
