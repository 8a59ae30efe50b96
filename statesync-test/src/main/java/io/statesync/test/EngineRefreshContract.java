package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.InvalidationEvent;
import io.statesync.RefreshCause;
import io.statesync.RefreshOutcome;
import io.statesync.RefreshReport;
import io.statesync.Revision;
import io.statesync.RevisionProbe;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The engine's cases (EX) about who is answered by which fetch, and about what comes without an event. */
public abstract class EngineRefreshContract extends HandDrivenTestBed {

    @Test
    @DisplayName("EX-01: a refresh is answered by a fetch that began after the call")
    void aRefreshIsAnsweredByAFetchThatBeganAfterTheCall() {
        RevisionSync<String> sync = started();
        provider.answer(2, "two");
        Runnable releaseFirst = provider.holdStubbornly();
        CompletableFuture<Revision> first = sync.refresh();
        provider.awaitCalls(2);
        provider.hold();
        provider.answer(3, "three");

        CompletableFuture<Revision> second = sync.refresh();
        releaseFirst.run();

        assertThat(first).succeedsWithin(Patience.LIMIT);
        provider.awaitCalls(3);
        assertThat(second).isNotDone();
        provider.release();
        assertThat(second.join()).isEqualTo(rev(3));
        settle();
        assertThat(provider.calls()).isEqualTo(3);
    }

    @Test
    @DisplayName("EX-01: refreshes that wait together share one fetch, and each has its own future")
    void refreshesThatWaitTogetherShareOneFetch() {
        RevisionSync<String> sync = started();
        provider.hold();
        CompletableFuture<Revision> running = sync.refresh();
        provider.awaitCalls(2);
        provider.answer(3, "three");

        CompletableFuture<Revision> second = sync.refresh();
        CompletableFuture<Revision> third = sync.refresh();
        assertThat(second.cancel(true)).isTrue();
        provider.release();

        assertThat(third.join()).isEqualTo(rev(3));
        assertThat(running).succeedsWithin(Patience.LIMIT);
        settle();
        assertThat(provider.calls()).isEqualTo(3);
        assertThat(listener.coalesced()).isEqualTo(1);
    }

    @Test
    @DisplayName("EX-03: a running fetch that brings what was announced spares the next one")
    void aRunningFetchThatBringsWhatWasAnnouncedSparesTheNextOne() {
        RevisionSync<String> sync = started();
        provider.answer(7, "seven");
        provider.hold();
        deliver(5);
        provider.awaitCalls(2);

        deliver(6);
        deliver(7);
        provider.release();

        settle();
        assertThat(provider.calls()).isEqualTo(2);
        assertThat(sync.localRevision()).isEqualTo(rev(7));
        assertThat(listener.errors()).isEmpty();
    }

    @Test
    @DisplayName("EX-20: a restored connection leads to one refresh without any event")
    void aRestoredConnectionLeadsToOneRefresh() {
        RevisionSync<String> sync = started();
        hand.last().loseConnection();
        assertThat(sync.status().connected()).isFalse();
        provider.answer(7, "seven");

        hand.last().restoreConnection();

        settle();
        assertThat(provider.calls()).isEqualTo(2);
        assertThat(sync.localRevision()).isEqualTo(rev(7));
        assertThat(sync.status().connected()).isTrue();
        assertThat(listener.connectionsLost()).isEqualTo(1);
        assertThat(listener.connectionsRestored()).isEqualTo(1);
        assertThat(last().cause()).isEqualTo(RefreshCause.RECONNECT);
    }

    @Test
    @DisplayName("EX-21: the probe repairs what a lost event left behind, and that is counted once")
    void theProbeRepairsWhatALostEventLeftBehind() {
        Map<String, Revision> source = new ConcurrentHashMap<>();
        source.put(topic, rev(1));
        try (RevisionProbe probe =
                new RevisionProbe(topics -> source, Duration.ofSeconds(30), scheduler, executor, outcome -> {})) {
            RevisionSync<String> sync = start(builder().probe(probe));
            change(2);
            settle();
            provider.answer(3, "three");
            source.put(topic, rev(3));

            advance(Duration.ofSeconds(36));

            assertThat(sync.localRevision()).isEqualTo(rev(3));
            assertThat(listener.reports())
                    .filteredOn(RefreshReport::probeRepair)
                    .hasSize(1);
            advance(Duration.ofSeconds(36));
            advance(Duration.ofSeconds(36));
            assertThat(listener.reports())
                    .filteredOn(RefreshReport::probeRepair)
                    .hasSize(1);
            assertThat(provider.calls()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("EX-22: a newer offer is applied and makes its event stale, an older one is not")
    void aNewerOfferIsAppliedAndMakesItsEventStale() {
        provider.answer(5, "five");
        RevisionSync<String> sync = started();

        assertThat(sync.offer(new SnapshotEnvelope<>(rev(9), "nine")).join()).isEqualTo(rev(9));
        assertThat(sync.offer(new SnapshotEnvelope<>(rev(4), "four")).join()).isEqualTo(rev(9));
        provider.answer(9, "nine");
        deliver(9);

        settle();
        assertThat(applier.revisions()).containsExactly(rev(5), rev(9));
        assertThat(sync.localRevision()).isEqualTo(rev(9));
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("EX-22: an offer that is newer than a running fetch's snapshot overtakes it")
    void anOfferOvertakesARunningFetch() {
        provider.answer(5, "five");
        RevisionSync<String> sync = started();
        provider.hold();
        change(7);
        provider.awaitCalls(2);

        CompletableFuture<Revision> offered = sync.offer(new SnapshotEnvelope<>(rev(9), "nine"));
        provider.release();

        assertThat(offered.join()).isEqualTo(rev(9));
        settle();
        assertThat(applier.revisions()).containsExactly(rev(5), rev(9));
        assertThat(listener.reports(RefreshOutcome.OVERTAKEN)).hasSize(1);
        assertThat(listener.reports(RefreshOutcome.REGRESSED)).isEmpty();
        assertThat(sync.status().regressions()).isZero();
    }

    @Test
    @DisplayName("EX-33: a filter sees who announced and when, and can ignore its own announcements")
    void aFilterSeesWhoAnnouncedAndWhen() {
        List<InvalidationEvent> seen = new CopyOnWriteArrayList<>();
        RevisionSync<String> sync = start(builder().shouldRefresh(event -> {
            seen.add(event);
            return !"me".equals(event.sourceId());
        }));
        provider.answer(3, "three");

        hand.last().handler().onInvalidation(topic, "2", "me", 1_700, null);
        settle();
        assertThat(provider.calls()).isEqualTo(1);
        hand.last().handler().onInvalidation(topic, "3", "other", 1_800, null);

        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(3));
        assertThat(seen)
                .containsExactly(
                        new InvalidationEvent(topic, rev(2), "me", 1_700, null),
                        new InvalidationEvent(topic, rev(3), "other", 1_800, null));
    }

    @Test
    @DisplayName("EX-37: await fetches what a lost event announced, and ends there")
    void awaitFetchesWhatALostEventAnnounced() {
        provider.answer(5, "five");
        RevisionSync<String> sync = started();
        provider.answer(7, "seven");

        assertThat(sync.await(rev(7)).join()).isEqualTo(rev(7));

        settle();
        assertThat(provider.calls()).isEqualTo(2);
        assertThat(sync.await(rev(6))).isCompletedWithValue(rev(7));
        assertThat(last().cause()).isEqualTo(RefreshCause.AWAIT);
    }

    @Test
    @DisplayName("EX-37: await fails when the sync stops")
    void awaitFailsWhenTheSyncStops() {
        RevisionSync<String> sync = started();
        CompletableFuture<Revision> awaited = sync.await(rev(7));
        settle();
        assertThat(awaited).isNotDone();

        sync.stop();

        assertThatThrownBy(awaited::join).isInstanceOf(CancellationException.class);
        assertThat(sync.await(rev(7))).isCompletedExceptionally();
    }

    @Test
    @DisplayName("EX-37: await with a time-out fails when it has passed, and not earlier")
    void awaitWithATimeOutFailsWhenItHasPassed() {
        RevisionSync<String> sync = started();
        CompletableFuture<Revision> awaited = sync.await(rev(7), Duration.ofSeconds(3));

        advance(Duration.ofMillis(2999));
        assertThat(awaited).isNotDone();
        advance(Duration.ofMillis(1));

        assertThat(awaited).failsWithin(Patience.LIMIT).withThrowableThat().withCauseInstanceOf(TimeoutException.class);
    }

    @Test
    @DisplayName("EX-38: the revision is recorded, then the listener hears of the round, then its futures complete")
    void theRevisionIsRecordedThenTheListenerHearsThenFuturesComplete() {
        CompletableFuture<CompletableFuture<Revision>> refreshed = new CompletableFuture<>();
        CompletableFuture<RevisionSync<String>> itself = new CompletableFuture<>();
        List<Boolean> doneAtReport = new CopyOnWriteArrayList<>();
        List<Revision> localAtReport = new CopyOnWriteArrayList<>();
        RevisionSync<String> sync = start(builder().listener(new SyncListener() {
            @Override
            public void onRefreshEnded(RefreshReport report) {
                if (refreshed.isDone()) {
                    doneAtReport.add(refreshed.join().isDone());
                    localAtReport.add(itself.join().localRevision());
                }
            }
        }));
        itself.complete(sync);
        provider.answer(2, "two");
        provider.hold();

        refreshed.complete(sync.refresh());
        provider.release();

        assertThat(refreshed.join().join()).isEqualTo(rev(2));
        assertThat(doneAtReport).containsExactly(false);
        assertThat(localAtReport).containsExactly(rev(2));
    }

    private RefreshReport last() {
        List<RefreshReport> reports = listener.reports();
        return reports.get(reports.size() - 1);
    }
}
