package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.RevisionProbe;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncErrorContext;
import io.statesync.SyncException;
import io.statesync.SyncState;
import io.statesync.SyncStatus;
import io.statesync.state.SyncedState;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The derivations of DESIGN 4.1: what a copy is worth. */
class SyncStatusTest extends HandDrivenTestBed {

    @Test
    void aNewSyncIsStarting() {
        SyncStatus status = build(builder()).status();

        assertThat(status)
                .isEqualTo(new SyncStatus(
                        topic,
                        SyncState.STARTING,
                        Revision.ZERO,
                        Revision.ZERO,
                        false,
                        false,
                        null,
                        0,
                        0,
                        null,
                        null,
                        null));
        assertThat(status.behind()).isFalse();
    }

    @Test
    void aSyncWhoseFirstFetchRunsIsStartingAndThenLive() {
        provider.hold();
        RevisionSync<String> sync = build(builder());
        CompletableFuture<Void> starting = sync.startAsync();
        provider.awaitCalls(1);
        assertThat(sync.status().state()).isEqualTo(SyncState.STARTING);

        provider.release();
        starting.join();

        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
        assertThat(sync.status().hasData()).isTrue();
        assertThat(sync.status().connected()).isTrue();
        assertThat(sync.status().age()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aRestoredCopyIsStaleUntilTheSourceConfirmsIt() {
        provider.hold();
        RevisionSync<String> sync = build(builder());
        sync.offer(new SnapshotEnvelope<>(rev(1), "kept")).join();
        assertThat(sync.status().state()).isEqualTo(SyncState.STALE);
        assertThat(sync.status().age()).isNull();

        CompletableFuture<Void> starting = sync.startAsync();
        provider.awaitCalls(1);
        assertThat(sync.status().state()).isEqualTo(SyncState.STALE);
        provider.release();
        starting.join();

        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
        assertThat(applier.revisions()).containsExactly(rev(1));
    }

    @Test
    void aFailedStartIsFailedAndKeepsItsError() {
        IOException away = new IOException("away");
        provider.failNext(away);
        RevisionSync<String> sync = build(builder());
        assertThatThrownBy(sync::start).isInstanceOf(SyncException.class);
        settle();

        assertThat(sync.status().state()).isEqualTo(SyncState.FAILED);
        assertThat(sync.status().lastError())
                .isNotNull()
                .extracting(SyncErrorContext::error)
                .isSameAs(away);

        sync.start();
        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
        assertThat(sync.status().lastError()).isNull();
    }

    @Test
    void aFailedStartKeepsItsErrorWhateverARefreshThenBrings() {
        IOException away = new IOException("away");
        provider.failNext(away);
        RevisionSync<String> sync = build(builder());
        assertThatThrownBy(sync::start).isInstanceOf(SyncException.class);

        sync.refresh().join();

        assertThat(sync.status().state()).isEqualTo(SyncState.FAILED);
        assertThat(sync.status().lastError())
                .isNotNull()
                .extracting(SyncErrorContext::error)
                .isSameAs(away);
    }

    @Test
    void aStoppedOrClosedSyncIsStoppedAndItsDataStays() {
        RevisionSync<String> sync = started();

        sync.stop();
        assertThat(sync.status().state()).isEqualTo(SyncState.STOPPED);
        assertThat(sync.status().localRevision()).isEqualTo(rev(1));
        assertThat(sync.status().hasData()).isTrue();
        assertThat(sync.status().connected()).isFalse();
        sync.close();

        assertThat(sync.status().state()).isEqualTo(SyncState.STOPPED);
    }

    @Test
    void aLostConnectionMakesACopyStaleUntilAFetchOverTheNewOneHasEnded() {
        RevisionSync<String> sync = started();

        hand.last().loseConnection();
        hand.last().loseConnection();
        assertThat(sync.status().state()).isEqualTo(SyncState.STALE);
        assertThat(listener.connectionsLost()).isEqualTo(1);
        provider.hold();
        hand.last().restoreConnection();
        provider.awaitCalls(2);
        assertThat(sync.status().connected()).isTrue();
        assertThat(sync.status().state()).isEqualTo(SyncState.STALE);

        provider.release();
        settle();
        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
    }

    @Test
    void aFetchThatBeganOverTheFormerConnectionConfirmsNothing() {
        RevisionSync<String> sync = started();
        provider.hold();
        CompletableFuture<Revision> refreshed = sync.refresh();
        provider.awaitCalls(2);
        hand.last().loseConnection();
        provider.letLaterCallsPass();
        provider.hold();
        hand.last().restoreConnection();
        provider.release();

        refreshed.join();
        settle();
        assertThat(provider.calls()).isEqualTo(3);
        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
    }

    @Test
    void aCopyThatIsBehindForLongerThanAFetchMayTakeIsStale() {
        RevisionSync<String> sync = started();
        provider.fail(new IOException("away"));
        deliver(2);
        settle();
        assertThat(sync.status().behind()).isTrue();
        assertThat(sync.status().failures()).isEqualTo(1);
        scheduler.advance(Duration.ofSeconds(30));
        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);

        scheduler.advance(Duration.ofNanos(1));
        assertThat(sync.status().state()).isEqualTo(SyncState.STALE);
        provider.recover();
        change(2);
        settle();

        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
    }

    @Test
    void aProbeThatIsNotAnsweredMakesACopyStale() {
        Map<String, Revision> source = new ConcurrentHashMap<>(Map.of(topic, rev(1)));
        try (RevisionProbe probe =
                new RevisionProbe(topics -> source, Duration.ofSeconds(30), scheduler, executor, error -> {})) {
            RevisionSync<String> sync = start(builder().probe(probe));
            advance(Duration.ofSeconds(36));
            assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
            assertThat(Objects.requireNonNull(sync.status().age())).isLessThan(Duration.ofSeconds(13));

            source.clear();
            advance(Duration.ofSeconds(36));
            advance(Duration.ofSeconds(36));
            assertThat(sync.status().state()).isEqualTo(SyncState.STALE);

            source.put(topic, rev(1));
            advance(Duration.ofSeconds(36));
            assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
        }
    }

    @Test
    void theAgeIsCountedFromTheLastFetchOrProbeThatFoundTheCopyCurrent() {
        SyncedState<String> state = SyncedState.create();
        RevisionSync<String> sync = start(RevisionSync.forTopic(topic)
                .subscriber(hand)
                .provider(provider)
                .applier(applier.andThen(state))
                .executor(executor)
                .scheduler(scheduler));

        advance(Duration.ofSeconds(7));
        assertThat(state.snapshot().age()).isEqualTo(Duration.ofSeconds(7));
        sync.probed(rev(1));
        assertThat(state.snapshot().age()).isEqualTo(Duration.ZERO);
        advance(Duration.ofSeconds(3));
        assertThat(sync.status().age()).isEqualTo(Duration.ofSeconds(3));
        sync.refresh().join();

        assertThat(state.snapshot().age()).isEqualTo(Duration.ZERO);
    }
}
