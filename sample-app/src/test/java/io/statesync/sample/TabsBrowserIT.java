package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;

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
        // the windows of the page have connections of their own
        page.browser().get("about:blank");
        String first = page.browser().getWindowHandle();
        int before = page.handshakes();
        List<String> tabs = new ArrayList<>();
        for (int i = 0; i < TABS; i++) {
            tabs.add(page.newTab("/tab.html"));
        }

        awaitInEach(tabs, page.put("in-tabs", true).toString());
        assertThat(page.handshakes()).isEqualTo(before + 1);

        page.browser().switchTo().window(tabs.remove(0)).close();
        awaitInEach(tabs, page.put("in-tabs", false).toString());
        assertThat(page.handshakes()).isEqualTo(before + 2);

        for (String tab : tabs) {
            page.browser().switchTo().window(tab).close();
        }
        page.browser().switchTo().window(first);
    }

    private void awaitInEach(List<String> tabs, String revision) {
        for (String tab : tabs) {
            page.browser().switchTo().window(tab);
            page.until(
                    "the tab has it",
                    () -> revision.equals(page.find("main").getDomAttribute("data-revision"))
                            && page.find(".state").getText().equals("LIVE"));
        }
    }
}
