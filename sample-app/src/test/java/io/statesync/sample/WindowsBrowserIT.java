package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Windows of the page, each a replica of its own, on good and on bad links. */
@InBrowser
class WindowsBrowserIT {

    private static final String FLAG = "dark-mode";

    private final LivePage page;
    private final PageWindow a;
    private final PageWindow b;

    WindowsBrowserIT(LivePage page) {
        this.page = page;
        this.a = page.window("A");
        this.b = page.window("B");
    }

    @BeforeEach
    void open() {
        page.open(FLAG);
    }

    @Test
    void anEditInOneIsSeenInTheOthersAndAtTheSource() {
        a.flag(FLAG).click();

        page.until(
                "all see it",
                () -> a.isOn(FLAG) && b.isOn(FLAG) && page.window("C").isOn(FLAG));
        assertThat(b.revision()).isEqualTo(a.revision());
        assertThat(page.client()
                        .get("/api/feature-flags")
                        .body()
                        .at("/data/" + FLAG + "/enabled")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aWindowThatLostTheEventCatchesUp() {
        b.turn("drop");
        int heard = b.events();
        String revision = page.put(FLAG, true).toString();

        page.until("the loss is told", () -> page.find(".steps").getText().contains("event lost"));
        page.until("the other one has it", () -> a.revision().equals(revision));
        page.until("the probe found out", () -> b.revision().equals(revision));
        assertThat(b.isOn(FLAG)).isTrue();
        assertThat(b.events()).isEqualTo(heard);
    }

    @Test
    void aWindowThatIsCutOffKeepsWhatItHadAndCatchesUpWhenItIsBack() {
        String before = b.revision();
        b.turn("disconnect");
        page.until("it says so", () -> b.state().equals("STALE"));
        Revision revision = page.put(FLAG, true);
        page.until("the other one has it", () -> a.revision().equals(revision.toString()));

        assertThat(b.revision()).isEqualTo(before);
        assertThat(b.isOn(FLAG)).isFalse();
        assertThat(b.note()).startsWith("Cut off");

        b.turn("disconnect");
        page.until("it is back", () -> b.state().equals("LIVE") && b.revision().equals(revision.toString()));
        assertThat(b.isOn(FLAG)).isTrue();
    }

    @Test
    void anEventThatComesTwiceCostsOneFetch() {
        b.turn("duplicate");
        int events = b.events();
        int fetches = b.fetches();
        String revision = page.put(FLAG, true).toString();

        page.until("it came twice", () -> b.events() == events + 2);
        page.until("it is applied", () -> b.revision().equals(revision));
        page.until("the first one was counted", () -> b.fetches() > fetches);
        assertThat(b.fetches()).isEqualTo(fetches + 1);
    }

    @Test
    void aThousandEditsCostFewFetches() {
        page.find("#source .burst").click();
        page.until(
                "it is done", () -> page.find("#source [role=status]").getText().startsWith("1,000 edits: revision"));
        String last = page.client().get("/api/feature-flags").text("/revision");
        page.until(
                "both have the last one",
                () -> a.revision().equals(last) && b.revision().equals(last));
        page.until("all is counted", () -> a.events() >= 1000 && b.events() >= 1000);

        System.out.println(
                "1,000 edits: " + a.events() + " events, " + a.fetches() + " and " + b.fetches() + " fetches");
        // with the throttle of the page: a fetch in 100 ms, and the burst takes seconds
        assertThat(a.fetches()).isBetween(1, 250);
        assertThat(b.fetches()).isBetween(1, 250);
    }
}
