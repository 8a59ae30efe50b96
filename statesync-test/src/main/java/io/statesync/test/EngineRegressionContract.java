package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.OnRegression;
import io.statesync.RefreshOutcome;
import io.statesync.RevisionSync;
import io.statesync.policy.Backoff;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The engine's cases (EX) about a source that has gone back, and one that only seems so (E11). */
public abstract class EngineRegressionContract extends HandDrivenTestBed {

    private static final Duration APART = Duration.ofSeconds(1);
    private static final Backoff BACKOFF =
            Backoff.of(APART, Duration.ofSeconds(30)).withJitter(() -> 1);

    @Test
    @DisplayName("EX-19: a source that went back is reported and not applied")
    void aSourceThatWentBackIsReportedAndNotApplied() {
        provider.answer(100, "hundred");
        RevisionSync<String> sync = started();
        provider.answer(3, "three");

        assertThat(sync.refresh().join()).isEqualTo(rev(100));

        settle();
        assertThat(applier.revisions()).containsExactly(rev(100));
        assertThat(listener.reports(RefreshOutcome.REGRESSED)).singleElement().satisfies(report -> {
            assertThat(report.snapshotRevision()).isEqualTo(rev(3));
            assertThat(report.localRevision()).isEqualTo(rev(100));
        });
        assertThat(sync.status().regressions()).isEqualTo(1);
    }

    @Test
    @DisplayName("EX-34: a probe that finds a lower revision leads to a fetch and one reported regression")
    void aProbeThatFindsALowerRevisionLeadsToAFetch() {
        provider.answer(5, "five");
        RevisionSync<String> sync = started();
        provider.answer(3, "three");

        sync.probed(rev(3));

        settle();
        assertThat(provider.calls()).isEqualTo(2);
        assertThat(listener.reports(RefreshOutcome.REGRESSED)).hasSize(1);
        assertThat(sync.localRevision()).isEqualTo(rev(5));
    }

    @Test
    @DisplayName(
            "EX-19: with accept, two equal answers a catch-up delay apart are believed, and events count from there")
    void withAcceptTwoEqualAnswersACatchUpDelayApartAreBelieved() {
        RevisionSync<String> sync = wentBackFrom100To3();
        assertThat(applier.revisions()).containsExactly(rev(100));

        advance(APART);

        assertThat(applier.revisions()).containsExactly(rev(100), rev(3));
        assertThat(sync.localRevision()).isEqualTo(rev(3));
        assertThat(listener.reports(RefreshOutcome.REGRESSED)).hasSize(1);
        change(4);
        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(4));
    }

    @Test
    @DisplayName("EX-19: with accept, equal answers at once are not believed")
    void withAcceptEqualAnswersAtOnceAreNotBelieved() {
        RevisionSync<String> sync = wentBackFrom100To3();

        sync.refresh().join();
        scheduler.advance(APART.minusNanos(1));
        sync.refresh().join();

        settle();
        assertThat(applier.revisions()).containsExactly(rev(100));
    }

    @Test
    @DisplayName("EX-19: with accept, a lagging copy that answers in turn with the source is not believed")
    void withAcceptALaggingCopyIsNotBelieved() {
        RevisionSync<String> sync = wentBackFrom100To3();

        for (int turn = 0; turn < 3; turn++) {
            provider.answer(100, "hundred");
            advance(APART);
            sync.refresh().join();
            provider.answer(3, "three");
            sync.refresh().join();
            settle();
        }

        assertThat(applier.revisions()).containsExactly(rev(100));
        assertThat(sync.localRevision()).isEqualTo(rev(100));
    }

    @Test
    @DisplayName("EX-19: with accept, an announcement of something newer in between keeps the newer state")
    void withAcceptAnAnnouncementInBetweenKeepsTheNewerState() {
        RevisionSync<String> sync = wentBackFrom100To3();

        deliver(101);
        advance(APART);

        assertThat(applier.revisions()).containsExactly(rev(100));
        provider.answer(101, "hundred and one");
        advance(Duration.ofSeconds(30));
        assertThat(sync.localRevision()).isEqualTo(rev(101));
    }

    private RevisionSync<String> wentBackFrom100To3() {
        provider.answer(100, "hundred");
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF).onRegression(OnRegression.ACCEPT));
        provider.answer(3, "three");
        sync.refresh().join();
        settle();
        return sync;
    }
}
