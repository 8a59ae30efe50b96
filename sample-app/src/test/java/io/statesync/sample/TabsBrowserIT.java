package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tabs of one browser share a web socket; counted where it ends, at the source. */
@InBrowser
class TabsBrowserIT {

    private static final int TABS = 10;

    private final LivePage page;

    TabsBrowserIT(LivePage page) {
        this.page = page;
    }

    @Test
    void tenTabsHoldOneConnectionAndAnotherTakesOverFromTheOneThatLeads() {
        page.browser().get("about:blank");
        awaitConnections(1);
        String first = page.browser().getWindowHandle();
        List<String> tabs = new ArrayList<>();
        for (int i = 0; i < TABS; i++) {
            tabs.add(page.newTab("/tab.html"));
        }

        awaitInEach(tabs, page.put("in-tabs", true).toString());
        assertThat(page.sessions()).hasSize(2);

        page.browser().switchTo().window(tabs.remove(0)).close();
        awaitInEach(tabs, page.put("in-tabs", false).toString());
        awaitConnections(2);

        for (String tab : tabs) {
            page.browser().switchTo().window(tab).close();
        }
        page.browser().switchTo().window(first);
        awaitConnections(1);
    }

    /** The companion's is one of them. */
    private void awaitConnections(int count) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(page.sessions())
                .hasSize(count));
    }

    private void awaitInEach(List<String> tabs, String revision) {
        for (String tab : tabs) {
            page.browser().switchTo().window(tab);
            page.until("the tab has it", () -> revision.equals(page.find("main").getDomAttribute("data-revision"))
                    && page.find(".state").getText().equals("LIVE"));
        }
    }
}
