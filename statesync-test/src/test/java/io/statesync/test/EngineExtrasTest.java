package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.statesync.RefreshCause;
import io.statesync.RefreshOutcome;
import io.statesync.RefreshReport;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.RevisionSyncBuilder;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.SyncPhase;
import io.statesync.SyncState;
import io.statesync.policy.Backoff;
import io.statesync.policy.Throttling;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What E1 to E16 promise beyond the numbered cases. */
class EngineExtrasTest extends HandDrivenTestBed {

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

    @Test
    void theTimerThreadRunsNoForeignCode() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF).listener(new SyncListener() {
            @Override
            public void onRefreshEnded(RefreshReport report) {
                threads.add(Thread.currentThread());
            }

            @Override
            public void onError(SyncErrorContext context) {
                threads.add(Thread.currentThread());
            }
        }));
        CompletableFuture<Void> ended = sync.await(rev(99), Duration.ofMinutes(3))
                .handle((revision, error) -> {
                    threads.add(Thread.currentThread());
                    return null;
                });
        settle();
        provider.holdStubbornly();
        scheduler.advance(Duration.ofSeconds(1));
        provider.awaitCalls(3);
        scheduler.advance(Duration.ofSeconds(30));
        executor.awaitUnfinished(1);
        scheduler.advance(Duration.ofSeconds(2));
        provider.awaitCalls(4);
        scheduler.advance(Duration.ofSeconds(30));
        executor.awaitUnfinished(2);
        scheduler.advance(Duration.ofMinutes(3));
        ended.join();
        provider.release();
        settle();

        assertThat(provider.mostAtOnce()).isEqualTo(2);
        assertThat(listener.errors(SyncPhase.GET_SNAPSHOT)).hasSizeGreaterThan(2);
        assertThat(threads).doesNotContain(Thread.currentThread());
    }

    @Test
    void aListenerThatThrowsACheckedExceptionHarmsNothing() {
        RevisionSync<String> sync = build(builder().listener(new SyncListener() {
            @Override
            public void onRefreshEnded(RefreshReport report) {
                EngineExtrasTest.<RuntimeException>sneak(new IOException("as Kotlin throws it"));
            }
        }));
        assertThat(sync.startAsync()).succeedsWithin(Duration.ofSeconds(5));
        settle();

        change(2);
        settle();
        change(3);
        settle();

        assertThat(sync.localRevision()).isEqualTo(rev(3));
    }

    @Test
    void aSubscriberThatThrowsACheckedExceptionFailsTheStart() {
        IOException refused = new IOException("as Kotlin throws it");
        RevisionSync<String> sync = build(builderOn((subscribed, handler) -> {
            EngineExtrasTest.<RuntimeException>sneak(refused);
            throw new AssertionError("not reached");
        }));

        assertThat(sync.startAsync())
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .havingCause()
                .isSameAs(refused);
    }

    @Test
    void aRefusedTimerIsReportedWithEverythingThatIsKnown() {
        RevisionSync<String> sync = start(builder().throttling(Throttling.debounce(Duration.ofMillis(50))));
        scheduler.refuse(true);

        change(2);

        assertThat(listener.errors(SyncPhase.THROTTLE))
                .singleElement()
                .satisfies(error -> assertThat(error.localRevision()).isEqualTo(sync.localRevision()));
    }

    @Test
    void aBrokenUnsubscribeIsReportedAndTheStopSucceeds() {
        hand.failOnClose(new IllegalStateException("cannot unsubscribe"));
        RevisionSync<String> sync = started();

        sync.stop();

        assertThat(listener.errors()).extracting(SyncErrorContext::phase).containsExactly(SyncPhase.SUBSCRIBE);
    }

    @Test
    void aSecondStopWaitsForTheSameApply() {
        RevisionSync<String> sync = started();
        applier.hold();
        change(2);
        applier.awaitBegun(2);

        CompletableFuture<Void> first = sync.stopAsync();
        CompletableFuture<Void> second = sync.stopAsync();
        assertThat(second).isNotDone();
        applier.release();

        assertThat(first).succeedsWithin(Patience.LIMIT);
        assertThat(second).succeedsWithin(Patience.LIMIT);
    }

    @Test
    void aStartDuringAStopWaitsForTheRunningApply() {
        RevisionSync<String> sync = started();
        applier.hold();
        change(2);
        applier.awaitBegun(2);
        CompletableFuture<Void> stopping = sync.stopAsync();

        CompletableFuture<Void> starting = sync.startAsync();
        hand.awaitSubscription(2);
        assertThat(starting).isNotDone();
        provider.answer(3, "three");
        applier.release();

        assertThat(stopping).succeedsWithin(Patience.LIMIT);
        assertThat(starting).succeedsWithin(Patience.LIMIT);
        assertThat(applier.revisions()).containsExactly(rev(1), rev(2), rev(3));
        assertThat(applier.mostAtOnce()).isEqualTo(1);
    }

    @Test
    void aStartThatWaitsForAnApplyFailsWhenTheStopGivesUpOnIt() {
        RevisionSync<String> sync = started();
        applier.holdStubbornly();
        change(2);
        applier.awaitBegun(2);
        CompletableFuture<Void> stopping = sync.stopAsync();
        CompletableFuture<Void> starting = sync.startAsync();
        hand.awaitSubscription(2);

        scheduler.advance(Duration.ofSeconds(10));

        assertThat(stopping).succeedsWithin(Patience.LIMIT);
        assertThat(starting).failsWithin(Patience.LIMIT);
        until(() -> hand.open() == 0);
    }

    @Test
    void aStartThatFailsPromisesNoRetry() {
        provider.fail(new IOException("away"));
        RevisionSync<String> sync = build(builder().catchUp(BACKOFF));

        assertThat(sync.startAsync()).failsWithin(Patience.LIMIT);

        settle();
        assertThat(listener.errors()).singleElement().satisfies(error -> {
            assertThat(error.willRetry()).isFalse();
            assertThat(error.nextDelay()).isNull();
        });
        assertThat(sync.status().nextAttempt()).isNull();
        advance(Duration.ofMinutes(5));
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    void aFailureThatIsCaughtUpSaysWhen() {
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF));
        provider.fail(new IOException("away"));

        change(2);

        settle();
        assertThat(listener.errors()).singleElement().satisfies(error -> {
            assertThat(error.willRetry()).isTrue();
            assertThat(error.nextDelay()).isEqualTo(Duration.ofSeconds(1));
            assertThat(error.eventRevision()).isEqualTo(rev(2));
            assertThat(error.localRevision()).isEqualTo(rev(1));
        });
        assertThat(sync.status().nextAttempt()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anExecutorThatRunsOnTheCallersThreadWillDo() {
        RevisionSync<String> sync = build(builder().executor(Runnable::run));

        sync.start();
        change(2);
        assertThat(sync.refresh()).isCompletedWithValue(rev(2));
        sync.stop();

        assertThat(applier.revisions()).containsExactly(rev(1), rev(2));
        assertThat(listener.errors()).isEmpty();
    }

    @Test
    void anAwaitWhoseTimeOutCannotBeScheduledFailsItsFuture() {
        RevisionSync<String> sync = started();
        scheduler.refuse(true);

        CompletableFuture<Revision> awaited = sync.await(rev(7), Duration.ofSeconds(1));

        assertThat(awaited).failsWithin(Patience.LIMIT);
    }

    @Test
    void theClocksOriginIsArbitrary() {
        ManualScheduler late = new ManualScheduler(Long.MAX_VALUE - 40_000_000L);
        RevisionSync<String> sync = start(builder()
                .scheduler(late)
                .catchUp(BACKOFF)
                .throttling(Throttling.debounce(Duration.ofMillis(50)).withThrottle(Duration.ofMillis(200))));

        change(2);
        late.advance(Duration.ofMillis(1));
        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(2));
        provider.failNext(new IOException("away"));
        change(3);
        late.advance(Duration.ofMillis(200));
        settle();
        assertThat(provider.calls()).isEqualTo(3);
        late.advance(Duration.ofSeconds(1));
        settle();

        assertThat(sync.localRevision()).isEqualTo(rev(3));
        assertThat(sync.status().age()).isLessThan(Duration.ofMillis(100));
        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
    }

    @Test
    void aSyncKnowsItsTopicAndShowsItself() {
        RevisionSync<String> sync = started();

        assertThat(sync.topic()).isEqualTo(topic);
        assertThat(sync.toString()).contains(topic);
        assertThat(sync.refresh()).succeedsWithin(Patience.LIMIT);
    }

    @Test
    void durationsThatMakeNoSenseAreRefusedByName() {
        RevisionSyncBuilder<String> builder = builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.fetchTimeout(Duration.ZERO))
                .withMessageContaining("fetchTimeout")
                .withMessageContaining(topic);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.stopTimeout(Duration.ofSeconds(-1)))
                .withMessageContaining("stopTimeout");
        assertThat(build(builder.fetchTimeout(Duration.ofSeconds(1)).stopTimeout(Duration.ofSeconds(1)))
                        .topic())
                .isEqualTo(topic);
        assertThatIllegalArgumentException().isThrownBy(() -> started().await(rev(9), Duration.ofSeconds(-1)));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> void sneak(Throwable error) throws E {
        throw (E) error;
    }
}
