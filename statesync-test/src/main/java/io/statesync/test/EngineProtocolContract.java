package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.InvalidationEvent;
import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncErrorContext;
import io.statesync.SyncException;
import io.statesync.SyncPhase;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The protocol's own cases (EN) that hold on every transport. Extend it, name the two halves of the transport, and each
 * case runs; those that need a subscription in the test's hand are in {@link EngineEventContract}.
 */
public abstract class EngineProtocolContract extends TransportTestBed {

    @Test
    @DisplayName("EN-01: the first snapshot is applied once")
    void theFirstSnapshotIsAppliedOnce() {
        RevisionSync<String> sync = started();

        assertThat(applier.applied()).containsExactly(new SnapshotEnvelope<>(rev(1), "one"));
        assertThat(sync.localRevision()).isEqualTo(rev(1));
        assertThat(listener.errors()).isEmpty();
    }

    @Test
    @DisplayName("EN-02: a first snapshot at revision 0 is applied")
    void aFirstSnapshotAtRevisionZeroIsApplied() {
        provider.answer(0, "zero");

        RevisionSync<String> sync = started();

        assertThat(applier.applied()).containsExactly(new SnapshotEnvelope<>(Revision.ZERO, "zero"));
        assertThat(sync.localRevision()).isEqualTo(Revision.ZERO);
        assertThat(sync.status().hasData()).isTrue();
        assertThat(listener.errors()).isEmpty();
    }

    @Test
    @DisplayName("EN-03: a gap between events does not matter")
    void aGapBetweenEventsDoesNotMatter() {
        RevisionSync<String> sync = started();

        change(5);

        until(() -> sync.localRevision().equals(rev(5)));
        quiet();
        assertThat(applier.revisions()).containsExactly(rev(1), rev(5));
    }

    @Test
    @DisplayName("EN-04: an event that is not newer leads to nothing")
    void anEventThatIsNotNewerLeadsToNothing() {
        started();

        announce(0);
        announce(1);

        quiet();
        assertThat(applier.revisions()).containsExactly(rev(1));
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("EN-05: three events during a fetch cost at most one more")
    void threeEventsDuringAFetchCostAtMostOneMore() {
        RevisionSync<String> sync = started();
        provider.hold();

        change(2);
        provider.awaitCalls(2);
        change(3);
        change(4);
        provider.release();

        until(() -> sync.localRevision().equals(rev(4)));
        quiet();
        assertThat(provider.calls()).isLessThanOrEqualTo(3);
    }

    @Test
    @DisplayName("EN-06: an event for another topic leads to nothing")
    void anEventForAnotherTopicLeadsToNothing() {
        started();
        provider.answer(99, "ninety-nine");

        publisher().publish(InvalidationEvent.of(topic + "-other", rev(99)));

        quiet();
        assertThat(applier.revisions()).containsExactly(rev(1));
        assertThat(listener.errors()).isEmpty();
    }

    @Test
    @DisplayName("EN-10: a first snapshot with a broken revision fails the start")
    void aFirstSnapshotWithABrokenRevisionFailsTheStart() {
        provider.answer(() -> new SnapshotEnvelope<>(Revision.parse("01"), "broken"));
        RevisionSync<String> sync = build(builder());

        assertThatThrownBy(sync::start)
                .isInstanceOf(SyncException.class)
                .hasMessageContaining(topic)
                .hasCauseInstanceOf(ProtocolException.class);

        settle();
        assertThat(listener.errors()).extracting(SyncErrorContext::phase).containsExactly(SyncPhase.PROTOCOL);
        assertThat(open).hasValue(0);
    }

    @Test
    @DisplayName("EN-11: a later good snapshot mends a broken one")
    void aLaterGoodSnapshotMendsABrokenOne() {
        RevisionSync<String> sync = started();
        provider.answer(() -> new SnapshotEnvelope<>(Revision.parse("01"), "broken"));
        announce(5);
        until(() -> listener.errors().size() == 1);

        change(10);

        until(() -> sync.localRevision().equals(rev(10)));
        quiet();
        assertThat(applier.revisions()).containsExactly(rev(1), rev(10));
        assertThat(listener.errors()).extracting(SyncErrorContext::phase).containsExactly(SyncPhase.PROTOCOL);
    }

    @Test
    @DisplayName("EN-12: a closed sync does not start")
    void aClosedSyncDoesNotStart() {
        RevisionSync<String> sync = build(builder());
        sync.close();

        assertThatThrownBy(sync::start).isInstanceOf(RuntimeException.class).hasMessageContaining(topic);

        settle();
        assertThat(sync.startAsync()).isCompletedExceptionally();
        assertThat(open).hasValue(0);
        assertThat(provider.calls()).isZero();
    }

    @Test
    @DisplayName("EN-13: a snapshot that arrives after the stop is never applied")
    void aSnapshotThatArrivesAfterTheStopIsNeverApplied() {
        RevisionSync<String> sync = started();
        provider.holdStubbornly();
        change(2);
        provider.awaitCalls(2);

        sync.stop();
        provider.release();

        settle();
        assertThat(applier.revisions()).containsExactly(rev(1));
        assertThat(sync.localRevision()).isEqualTo(rev(1));
    }

    @Test
    @DisplayName("EN-14: a failing provider leaves nothing subscribed")
    void aFailingProviderLeavesNothingSubscribed() {
        provider.fail(new IOException("away"));
        RevisionSync<String> sync = build(builder());

        assertThatThrownBy(sync::start).isInstanceOf(SyncException.class);

        settle();
        assertThat(open).hasValue(0);
    }

    @Test
    @DisplayName("EN-16: a filter that says no keeps the event away")
    void aFilterThatSaysNoKeepsTheEventAway() {
        start(builder().shouldRefresh(event -> false));

        change(2);

        quiet();
        assertThat(applier.revisions()).containsExactly(rev(1));
    }

    @Test
    @DisplayName("EN-17: a filter that says yes lets the event pass")
    void aFilterThatSaysYesLetsTheEventPass() {
        RevisionSync<String> sync = start(builder().shouldRefresh(event -> true));

        change(2);

        until(() -> sync.localRevision().equals(rev(2)));
        assertThat(applier.revisions()).containsExactly(rev(1), rev(2));
    }

    @Test
    @DisplayName("EN-22: starting a started sync does nothing")
    void startingAStartedSyncDoesNothing() {
        RevisionSync<String> sync = started();

        sync.start();
        sync.start();

        quiet();
        assertThat(applier.revisions()).containsExactly(rev(1));
        assertThat(provider.calls()).isEqualTo(1);
        assertThat(open).hasValue(1);
    }

    @Test
    @DisplayName("EN-23: stopping is idempotent")
    void stoppingIsIdempotent() {
        RevisionSync<String> sync = started();

        sync.stop();
        sync.stop();
        sync.stop();

        assertThat(open).hasValue(0);
        assertThat(listener.errors()).isEmpty();
    }

    @Test
    @DisplayName("EN-24: an event for one topic leaves another alone")
    void anEventForOneTopicLeavesAnotherAlone() {
        RevisionSync<String> sync = started();
        RecordingApplier<String> other = new RecordingApplier<>();
        start(RevisionSync.forTopic(topic + "-b")
                .subscriber(subscriber())
                .provider(provider)
                .applier(other)
                .executor(executor)
                .scheduler(scheduler));

        change(2);

        until(() -> sync.localRevision().equals(rev(2)));
        quiet();
        assertThat(applier.revisions()).containsExactly(rev(1), rev(2));
        assertThat(other.revisions()).containsExactly(rev(1));
    }

    @Test
    @DisplayName("EN-27: a manual refresh and an event at once cost at most two fetches")
    void aManualRefreshAndAnEventAtOnceCostAtMostTwoFetches() {
        RevisionSync<String> sync = started();
        provider.hold();

        var refreshed = sync.refresh();
        provider.awaitCalls(2);
        change(2);
        provider.release();

        assertThat(refreshed).succeedsWithin(Duration.ofSeconds(20));
        until(() -> sync.localRevision().equals(rev(2)));
        quiet();
        assertThat(provider.calls()).isLessThanOrEqualTo(3);
    }

    @Test
    @DisplayName("EN-28: a burst of ten events costs at most two fetches")
    void aBurstOfTenEventsCostsAtMostTwoFetches() {
        RevisionSync<String> sync = started();
        provider.hold();

        change(2);
        provider.awaitCalls(2);
        for (int revision = 3; revision <= 11; revision++) {
            change(revision);
        }
        provider.release();

        until(() -> sync.localRevision().equals(rev(11)));
        quiet();
        assertThat(provider.calls()).isLessThanOrEqualTo(3);
    }
}
