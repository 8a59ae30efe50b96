package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.RevisionSync;
import io.statesync.SyncErrorContext;
import io.statesync.SyncException;
import io.statesync.SyncPhase;
import io.statesync.SyncState;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The engine's cases (EX) about starting and stopping, and about what comes too late. */
public abstract class EngineLifecycleContract extends HandDrivenTestBed {

    @Test
    @DisplayName("EX-06: an event during the subscribe does not outlive a start that fails")
    void anEventDuringTheSubscribeDoesNotOutliveAStartThatFails() {
        hand.onSubscribe(subscription -> subscription.deliver(5));
        provider.fail(new IOException("away"));
        RevisionSync<String> sync = build(builder());

        assertThatThrownBy(sync::start).isInstanceOf(SyncException.class);

        settle();
        assertThat(hand.open()).isZero();
        assertThat(sync.status().state()).isEqualTo(SyncState.FAILED);
        int calls = provider.calls();
        advance(Duration.ofMinutes(5));
        assertThat(provider.calls()).isEqualTo(calls);
        assertThat(applier.received()).isEmpty();
    }

    @Test
    @DisplayName("EX-07: a second start shares the pending one")
    void aSecondStartSharesThePendingOne() {
        HandSubscriber waiting = HandSubscriber.waiting();
        RevisionSync<String> sync = build(builderOn(waiting));
        CompletableFuture<Void> first = sync.startAsync();
        CompletableFuture<Void> second = sync.startAsync();

        waiting.awaitSubscription(1).activate();

        assertThat(first).succeedsWithin(Patience.LIMIT);
        assertThat(second).succeedsWithin(Patience.LIMIT);
        settle();
        assertThat(waiting.subscriptions()).hasSize(1);
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("EX-07: a second start shares the failure of the pending one")
    void aSecondStartSharesTheFailureOfThePendingOne() {
        HandSubscriber waiting = HandSubscriber.waiting();
        RevisionSync<String> sync = build(builderOn(waiting));
        IOException refused = new IOException("forbidden");
        CompletableFuture<Void> first = sync.startAsync();
        CompletableFuture<Void> second = sync.startAsync();

        waiting.awaitSubscription(1).fail(refused);

        assertThat(first)
                .failsWithin(Patience.LIMIT)
                .withThrowableThat()
                .havingCause()
                .isSameAs(refused);
        assertThat(second)
                .failsWithin(Patience.LIMIT)
                .withThrowableThat()
                .havingCause()
                .isSameAs(refused);
        settle();
        assertThat(listener.errors()).hasSize(1);
        assertThat(waiting.open()).isZero();
    }

    @Test
    @DisplayName("EX-08: a subscription that becomes active after the stop is closed, and the start ends as cancelled")
    void aSubscriptionThatBecomesActiveAfterTheStopIsClosed() {
        HandSubscriber waiting = HandSubscriber.waiting();
        RevisionSync<String> sync = build(builderOn(waiting));
        CompletableFuture<Void> starting = sync.startAsync();
        HandSubscription late = waiting.awaitSubscription(1);

        sync.stop();
        late.activate();

        assertThatThrownBy(starting::join).isInstanceOf(CancellationException.class);
        settle();
        assertThat(waiting.open()).isZero();
        assertThat(provider.calls()).isZero();
    }

    @Test
    @DisplayName("EX-08: a subscribe call that returns after the stop is closed")
    void aSubscribeCallThatReturnsAfterTheStopIsClosed() {
        CountDownLatch slow = new CountDownLatch(1);
        hand.onSubscribe(subscription -> awaitStubbornly(slow));
        RevisionSync<String> sync = build(builder());
        CompletableFuture<Void> starting = sync.startAsync();
        hand.awaitSubscription(1);

        sync.stop();
        assertThatThrownBy(starting::join).isInstanceOf(CancellationException.class);
        slow.countDown();

        settle();
        assertThat(hand.open()).isZero();
        assertThat(provider.calls()).isZero();
    }

    @Test
    @DisplayName("EX-11: what the cleanup of a failed start throws does not hide its cause")
    void whatTheCleanupOfAFailedStartThrowsDoesNotHideItsCause() {
        IOException away = new IOException("away");
        IllegalStateException broken = new IllegalStateException("cannot unsubscribe");
        provider.failNext(away);
        hand.failOnClose(broken);
        RevisionSync<String> sync = build(builder());

        assertThatThrownBy(sync::start)
                .isInstanceOf(SyncException.class)
                .satisfies(thrown -> assertThat(thrown.getCause()).isSameAs(away));

        settle();
        assertThat(away.getSuppressed()).containsExactly(broken);
        hand.failOnClose(null);
        sync.start();
        assertThat(sync.localRevision()).isEqualTo(rev(1));
    }

    @Test
    @DisplayName("EX-13: a restart applies what is new, and nothing of the former life")
    void aRestartAppliesWhatIsNewAndNothingOfTheFormerLife() {
        provider.answer(5, "five");
        RevisionSync<String> sync = started();
        HandSubscription former = hand.last();
        provider.answer(99, "of the former life");
        provider.holdStubbornly();
        former.deliver(6);
        provider.awaitCalls(2);
        sync.stop();
        provider.letLaterCallsPass();
        provider.answer(6, "six");

        sync.start();
        former.deliver(98);
        provider.release();

        settle();
        assertThat(applier.revisions()).containsExactly(rev(5), rev(6));
        assertThat(sync.localRevision()).isEqualTo(rev(6));
        assertThat(sync.status().behind()).isFalse();
    }

    @Test
    @DisplayName("EX-14: a stop waits for a running apply, whose revision is recorded")
    void aStopWaitsForARunningApply() {
        RevisionSync<String> sync = started();
        applier.hold();
        change(2);
        applier.awaitBegun(2);

        CompletableFuture<Void> stopping = sync.stopAsync();
        assertThat(stopping).isNotDone();
        applier.release();

        assertThat(stopping).succeedsWithin(Patience.LIMIT);
        assertThat(sync.localRevision()).isEqualTo(rev(2));
        assertThat(applier.revisions()).containsExactly(rev(1), rev(2));
        assertThat(listener.errors()).isEmpty();
    }

    @Test
    @DisplayName("EX-15: a stop from inside the applier does not deadlock")
    void aStopFromInsideTheApplierDoesNotDeadlock() {
        RevisionSync<String> sync = started();
        applier.hook(snapshot -> {
            sync.stop();
            deliver(9);
        });

        change(2);
        applier.awaitEnded(2);

        settle();
        assertThat(sync.status().state()).isEqualTo(SyncState.STOPPED);
        assertThat(sync.localRevision()).isEqualTo(rev(2));
        change(3);
        settle();
        assertThat(applier.received()).hasSize(2);
        assertThat(hand.open()).isZero();
    }

    @Test
    @DisplayName("EX-15: a call that would block from inside the applier throws")
    void aCallThatWouldBlockFromInsideTheApplierThrows() {
        RevisionSync<String> sync = build(builder());
        applier.hook(snapshot -> {
            assertThatThrownBy(sync::start).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> sync.refresh().join()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> sync.refresh().get()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> sync.await(rev(2)).join()).isInstanceOf(IllegalStateException.class);
            applier.hook(later -> {});
        });

        sync.start();

        assertThat(listener.errors()).isEmpty();
        assertThat(sync.localRevision()).isEqualTo(rev(1));
    }

    @Test
    @DisplayName("EX-26: an interrupted start is cancelled and cleaned up")
    void anInterruptedStartIsCancelledAndCleanedUp() {
        HandSubscriber waiting = HandSubscriber.waiting();
        RevisionSync<String> sync = build(builderOn(waiting));
        Caller caller = Caller.of(sync::start);
        waiting.awaitSubscription(1);

        caller.interrupt();

        assertThat(caller.thrown()).isInstanceOf(RuntimeException.class).hasMessageContaining(topic);
        assertThat(caller.wasInterrupted()).isTrue();
        settle();
        assertThat(waiting.open()).isZero();
        assertThat(provider.calls()).isZero();
        assertThat(listener.errors()).extracting(SyncErrorContext::phase).containsExactly(SyncPhase.START);
    }

    @Test
    @DisplayName("EX-26: an interrupted joiner leaves the start alone")
    void anInterruptedJoinerLeavesTheStartAlone() {
        HandSubscriber waiting = HandSubscriber.waiting();
        RevisionSync<String> sync = build(builderOn(waiting));
        CompletableFuture<Void> starting = sync.startAsync();
        waiting.awaitSubscription(1);
        Caller joiner = Caller.of(sync::start);
        joiner.awaitWaiting();

        joiner.interrupt();

        assertThat(joiner.thrown()).isInstanceOf(RuntimeException.class);
        assertThat(joiner.wasInterrupted()).isTrue();
        assertThat(starting).isNotDone();
        waiting.last().activate();
        assertThat(starting).succeedsWithin(Patience.LIMIT);
    }

    private static void awaitStubbornly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                assertThat(latch.getCount()).as("an interrupt changes nothing").isNotNegative();
            }
        }
    }
}
