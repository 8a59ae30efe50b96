package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.InvalidationOutcome;
import io.statesync.RefreshOutcome;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncErrorContext;
import io.statesync.SyncException;
import io.statesync.SyncPhase;
import io.statesync.policy.Throttling;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The engine's cases (EX) about foreign code and resources that fail: each failure has a phase and is reported once. */
public abstract class EngineFailureContract extends HandDrivenTestBed {

    private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(30);

    /** Makes the engine's log statements throw until it is closed; does nothing unless overridden. */
    protected AutoCloseable brokenLog() {
        return () -> {};
    }

    @Test
    @DisplayName("EX-09: a throwing filter is reported, and the refresh happens")
    void aThrowingFilterIsReportedAndTheRefreshHappens() {
        IllegalStateException broken = new IllegalStateException("the filter is broken");
        RevisionSync<String> sync = start(builder().shouldRefresh(event -> {
            throw broken;
        }));

        change(2);

        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(2));
        assertThat(listener.errors()).singleElement().satisfies(error -> {
            assertThat(error.phase()).isEqualTo(SyncPhase.INVALIDATION);
            assertThat(error.error()).isSameAs(broken);
            assertThat(error.eventRevision()).isEqualTo(rev(2));
        });
    }

    @Test
    @DisplayName("EX-10: a provider that returns null breaks the protocol")
    void aProviderThatReturnsNullBreaksTheProtocol() {
        provider.answer(() -> null);
        RevisionSync<String> conditional = build(builder());
        RevisionSync<String> plain = build(RevisionSync.forTopic(topic)
                .subscriber(hand)
                .provider(provider.unconditional())
                .applier(applier)
                .executor(executor)
                .scheduler(scheduler)
                .listener(listener));

        assertThat(conditional.refresh()).failsWithin(Patience.LIMIT);
        assertThat(plain.refresh()).failsWithin(Patience.LIMIT);
        provider.answer(1, "one");
        assertThat(conditional.refresh().join()).isEqualTo(rev(1));
        provider.answer(() -> null);
        assertThat(conditional.refresh()).failsWithin(Patience.LIMIT);

        settle();
        assertThat(listener.errors())
                .extracting(SyncErrorContext::phase)
                .containsExactly(SyncPhase.PROTOCOL, SyncPhase.PROTOCOL, SyncPhase.PROTOCOL);
        assertThat(applier.revisions()).containsExactly(rev(1));
    }

    @Test
    @DisplayName("EX-12: a fetch that never returns is abandoned, and its late result dropped")
    void aFetchThatNeverReturnsIsAbandonedAndItsLateResultDropped() {
        RevisionSync<String> sync = started();
        provider.answer(9, "late");
        provider.holdStubbornly();
        deliver(2);
        provider.awaitCalls(2);

        scheduler.advance(FETCH_TIMEOUT);

        until(() -> listener.errors().size() == 1);
        assertThat(listener.errors().get(0).phase()).isEqualTo(SyncPhase.GET_SNAPSHOT);
        assertThat(listener.reports(RefreshOutcome.FAILED)).hasSize(1);
        provider.letLaterCallsPass();
        change(3);
        until(() -> sync.localRevision().equals(rev(3)));
        provider.release();
        settle();
        assertThat(applier.revisions()).containsExactly(rev(1), rev(3));
        assertThat(listener.errors()).hasSize(1);
    }

    @Test
    @DisplayName("EX-12: while an abandoned fetch hangs, at most one runs beside it and further ones fail fast")
    void whileAnAbandonedFetchHangsFurtherOnesFailFast() {
        RevisionSync<String> sync = started();
        provider.holdStubbornly();
        for (int fetch = 0; fetch < 4; fetch++) {
            int calls = provider.calls();
            CompletableFuture<Revision> refreshed = sync.refresh();
            until(() -> refreshed.isDone() || provider.calls() > calls);
            scheduler.advance(FETCH_TIMEOUT);
            assertThat(refreshed).failsWithin(Patience.LIMIT);
        }

        assertThat(provider.mostAtOnce()).isLessThanOrEqualTo(2);
        assertThat(listener.errors(SyncPhase.GET_SNAPSHOT)).hasSize(4);
        provider.release();
        settle();
        provider.answer(2, "two");
        assertThat(sync.refresh().join()).isEqualTo(rev(2));
    }

    @Test
    @DisplayName("EX-17: an engine whose observers and log throw on every call behaves as without them")
    void anEngineWhoseObserversThrowBehavesAsWithoutThem() throws Exception {
        try (AutoCloseable ignored = brokenLog()) {
            RevisionSync<String> sync = start(RevisionSync.forTopic(topic)
                    .subscriber(hand)
                    .provider(provider)
                    .applier(applier)
                    .executor(executor)
                    .scheduler(scheduler)
                    .listener(new ThrowingListener())
                    .listener(listener)
                    .onError(error -> {
                        throw new IllegalStateException("broken callback");
                    }));
            change(2);
            settle();
            hand.last().deliver(topic, "01");
            hand.last().deliverMalformed("?", new IllegalArgumentException("no event"));
            provider.failNext(new IllegalStateException("away"));
            change(3);
            settle();
            applier.failNext(new IllegalStateException("wrong"));
            change(4);
            settle();
            hand.last().loseConnection();
            hand.last().restoreConnection();
            settle();
            assertThat(sync.localRevision()).isEqualTo(rev(4));
            sync.stop();
            provider.answer(5, "five");
            sync.start();
            assertThat(sync.refresh().join()).isEqualTo(rev(5));
            sync.close();
        }

        settle();
        assertThat(applier.revisions()).containsExactly(rev(1), rev(2), rev(4), rev(5));
        assertThat(listener.invalidations(InvalidationOutcome.MALFORMED)).isEqualTo(2);
        assertThat(listener.errors())
                .extracting(SyncErrorContext::phase)
                .containsExactly(SyncPhase.PROTOCOL, SyncPhase.PROTOCOL, SyncPhase.GET_SNAPSHOT, SyncPhase.APPLY);
        assertThat(hand.open()).isZero();
    }

    @Test
    @DisplayName("EX-18: a broken event for another topic on a shared transport is not this sync's affair")
    void aBrokenEventForAnotherTopicIsNotThisSyncsAffair() {
        started();

        hand.last().deliver(topic + "-b", "01");
        hand.last().deliver(" " + topic, "2");

        settle();
        assertThat(listener.errors()).isEmpty();
        assertThat(listener.invalidations(InvalidationOutcome.FOREIGN)).isEqualTo(2);
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("EX-25: when the second of two appliers throws, the revision is not recorded and both get it again")
    void whenTheSecondApplierThrowsBothGetItAgain() {
        RecordingApplier<String> second = new RecordingApplier<>();
        RevisionSync<String> sync = start(RevisionSync.forTopic(topic)
                .subscriber(hand)
                .provider(provider)
                .applier(applier.andThen(second))
                .executor(executor)
                .scheduler(scheduler)
                .listener(listener));
        second.failNext(new IllegalStateException("the second is broken"));

        change(2);
        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(1));
        assertThat(listener.errors()).extracting(SyncErrorContext::phase).containsExactly(SyncPhase.APPLY);

        deliver(2);
        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(2));
        assertThat(applier.revisions()).containsExactly(rev(1), rev(2), rev(2));
        assertThat(second.revisions()).containsExactly(rev(1), rev(2));
    }

    @Test
    @DisplayName("EX-30: a subscribe that cannot be scheduled fails the start, which can be repeated")
    void aSubscribeThatCannotBeScheduledFailsTheStart() {
        RevisionSync<String> sync = build(builder());
        executor.refuse(true);

        assertThatThrownBy(sync::start)
                .isInstanceOf(SyncException.class)
                .hasCauseInstanceOf(RejectedExecutionException.class);

        assertThat(listener.errors()).extracting(SyncErrorContext::phase).containsExactly(SyncPhase.START);
        assertThat(hand.open()).isZero();
        executor.refuse(false);
        sync.start();
        assertThat(sync.localRevision()).isEqualTo(rev(1));
    }

    @Test
    @DisplayName("EX-31: a round that cannot be scheduled is reported, and the next event fetches")
    void aRoundThatCannotBeScheduledIsReported() {
        RevisionSync<String> sync = started();
        executor.refuse(true);

        change(2);
        assertThat(listener.errors()).extracting(SyncErrorContext::phase).containsExactly(SyncPhase.REFRESH);
        assertThat(sync.refresh())
                .failsWithin(Patience.LIMIT)
                .withThrowableThat()
                .withCauseInstanceOf(RejectedExecutionException.class);
        assertThat(sync.status().behind()).isTrue();

        executor.refuse(false);
        change(3);
        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(3));
    }

    @Test
    @DisplayName("EX-32: a timer that is refused is reported, and the demand is kept")
    void aTimerThatIsRefusedIsReportedAndTheDemandIsKept() {
        RevisionSync<String> sync = start(builder().throttling(Throttling.debounce(Duration.ofMillis(50))));
        scheduler.refuse(true);

        change(2);

        settle();
        assertThat(listener.errors()).extracting(SyncErrorContext::phase).containsExactly(SyncPhase.THROTTLE);
        assertThat(sync.status().behind()).isTrue();
        scheduler.refuse(false);
        deliver(2);
        advance(Duration.ofSeconds(1));
        assertThat(sync.localRevision()).isEqualTo(rev(2));
        assertThat(provider.calls()).isEqualTo(2);
    }
}
