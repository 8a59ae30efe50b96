package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.RefreshCause;
import io.statesync.RefreshOutcome;
import io.statesync.RefreshReport;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.policy.Backoff;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What reset, announce, probed and offer promise beyond the numbered cases (E10, E11). */
class EngineCallsTest extends HandDrivenTestBed {

    private static final Backoff BACKOFF =
            Backoff.of(Duration.ofSeconds(1), Duration.ofSeconds(30)).withJitter(() -> 1);

    @Test
    void aResetTakesWhateverTheSourceHasAndLaterEventsCountFromThere() {
        provider.answer(100, "hundred");
        RevisionSync<String> sync = started();
        provider.answer(3, "three");

        assertThat(sync.reset().join()).isEqualTo(rev(3));
        settle();
        change(4);
        settle();

        assertThat(applier.revisions()).containsExactly(rev(100), rev(3), rev(4));
        assertThat(sync.localRevision()).isEqualTo(rev(4));
        assertThat(sync.status().regressions()).isZero();
    }

    @Test
    void aResetAfterAStopDoesNothing() {
        RevisionSync<String> sync = started();
        sync.stop();

        assertThat(sync.reset()).isCompletedWithValue(rev(1));

        settle();
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    void anAnnouncementWorksLikeAnEvent() {
        RevisionSync<String> sync = started();
        provider.answer(5, "five");

        sync.announce(rev(5));
        sync.announce(rev(4));

        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(5));
        assertThat(provider.calls()).isEqualTo(2);
        assertThat(listener.reports(RefreshOutcome.APPLIED))
                .extracting(RefreshReport::cause)
                .containsExactly(RefreshCause.START, RefreshCause.INVALIDATION);
    }

    @Test
    void whatComesAfterAStopIsAnsweredAndChangesNothing() {
        RevisionSync<String> sync = started();
        sync.stop();

        sync.announce(rev(9));
        sync.probed(rev(9));
        sync.probed(rev(0));
        assertThat(sync.offer(new SnapshotEnvelope<>(rev(9), "nine"))).isCompletedWithValue(rev(1));

        settle();
        assertThat(applier.revisions()).containsExactly(rev(1));
        assertThat(sync.status().behind()).isFalse();
        assertThat(listener.errors()).isEmpty();
    }

    @Test
    void offersThatWaitTogetherLeadToOneApplyOfTheNewest() {
        RevisionSync<String> sync = started();
        applier.hold();
        change(2);
        applier.awaitBegun(2);

        CompletableFuture<Revision> seven = sync.offer(new SnapshotEnvelope<>(rev(7), "seven"));
        CompletableFuture<Revision> nine = sync.offer(new SnapshotEnvelope<>(rev(9), "nine"));
        CompletableFuture<Revision> eight = sync.offer(new SnapshotEnvelope<>(rev(8), "eight"));
        applier.release();

        assertThat(CompletableFuture.allOf(seven, nine, eight)).succeedsWithin(Patience.LIMIT);
        assertThat(seven.join()).isEqualTo(rev(9));
        assertThat(eight.join()).isEqualTo(rev(9));
        assertThat(applier.revisions()).containsExactly(rev(1), rev(2), rev(9));
    }

    @Test
    void anOfferThatCannotBeAppliedFailsItsFuture() {
        RevisionSync<String> sync = started();
        IllegalStateException wrong = new IllegalStateException("wrong");
        applier.failNext(wrong);

        assertThat(sync.offer(new SnapshotEnvelope<>(rev(9), "nine")))
                .failsWithin(Patience.LIMIT)
                .withThrowableThat()
                .havingCause()
                .isSameAs(wrong);
        assertThat(sync.localRevision()).isEqualTo(rev(1));
        assertThat(listener.errors()).extracting(SyncErrorContext::phase).containsExactly(SyncPhase.APPLY);
    }

    @Test
    void aWaitingOfferEndsWithAStopAndIsNotApplied() {
        RevisionSync<String> sync = started();
        provider.hold();
        change(2);
        provider.awaitCalls(2);
        CompletableFuture<Revision> offered = sync.offer(new SnapshotEnvelope<>(rev(9), "nine"));

        sync.stop();

        assertThat(offered).isCompletedWithValue(rev(1));
        settle();
        assertThat(applier.revisions()).containsExactly(rev(1));
    }

    @Test
    void anEventAfterAnOvertakenFetchIsNotHeldBack() {
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF));
        provider.hold();
        change(7);
        provider.awaitCalls(2);
        CompletableFuture<Revision> offered = sync.offer(new SnapshotEnvelope<>(rev(9), "nine"));
        provider.release();
        offered.join();
        settle();
        assertThat(sync.status().failures()).isZero();

        change(10);

        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(10));
    }
}
