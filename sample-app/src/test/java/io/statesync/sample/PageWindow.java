package io.statesync.sample;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** One of the windows on the page, as a visitor sees and uses it. */
final class PageWindow {

    private final LivePage page;
    private final String id;

    PageWindow(LivePage page, String id) {
        this.page = page;
        this.id = id;
    }

    String state() {
        return find(".state").getText();
    }

    String revision() {
        return String.valueOf(find("").getDomAttribute("data-revision"));
    }

    /** Whether the window shows this flag as on. */
    boolean isOn(String flag) {
        return "true".equals(flag(flag).getDomAttribute("aria-checked"));
    }

    WebElement flag(String flag) {
        return find(".flags").findElement(By.xpath(".//button[@role='switch'][span[text()='" + flag + "']]"));
    }

    /** Turns a switch of its link: drop, disconnect, delay, duplicate. */
    void turn(String fault) {
        find("[name=" + fault + "-" + id + "]").click();
    }

    String note() {
        return find(".note").getText();
    }

    /** What its line "Cost" says. */
    int events() {
        return cost("events?,");
    }

    int fetches() {
        return cost("fetch");
    }

    private int cost(String what) {
        String cost = find(".facts div:nth-child(3) dd").getText();
        Matcher number = Pattern.compile("([\\d,]+) " + what).matcher(cost);
        if (!number.find()) {
            throw new IllegalStateException(cost);
        }
        return Integer.parseInt(number.group(1).replace(",", ""));
    }

    private WebElement find(String css) {
        return page.find(("[data-window=" + id + "] " + css).strip());
    }
}
