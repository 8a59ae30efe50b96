package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.policy.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** The doubles keep their own promises. */
class DoublesTest {

    private final List<String> seen = new ArrayList<>();

    @Test
    void timersRunInTheOrderOfTheirTimesWithTheClockAtEach() {
        ManualScheduler scheduler = new ManualScheduler(Long.MAX_VALUE - 5);
        long origin = scheduler.now();
        scheduler.schedule(() -> seen.add("b" + (scheduler.now() - origin)), Duration.ofNanos(20));
        scheduler.schedule(
                () -> {
                    seen.add("a" + (scheduler.now() - origin));
                    scheduler.schedule(() -> seen.add("c" + (scheduler.now() - origin)), Duration.ofNanos(10));
                },
                Duration.ofNanos(10));
        Scheduler.Timer cancelled = scheduler.schedule(() -> seen.add("cancelled"), Duration.ofNanos(15));
        cancelled.cancel();
        cancelled.cancel();
        scheduler.schedule(() -> seen.add("late"), Duration.ofNanos(21));

        scheduler.advance(Duration.ofNanos(20));

        assertThat(seen).containsExactly("a10", "b20", "c20");
        assertThat(scheduler.now() - origin).isEqualTo(20);
        assertThat(scheduler.pendingTimers()).isEqualTo(1);
        assertThat(scheduler.untilNext()).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void aTimerThatIsDueAtOnceWaitsForTheTest() {
        ManualScheduler scheduler = new ManualScheduler();
        scheduler.schedule(() -> seen.add("due"), Duration.ofSeconds(-1));
        assertThat(seen).isEmpty();

        scheduler.runDue();

        assertThat(seen).containsExactly("due");
        assertThat(scheduler.untilNext()).isNull();
    }

    @Test
    void aSchedulerAndAnExecutorRefuseWhenTold() {
        ManualScheduler scheduler = new ManualScheduler();
        ManualExecutor executor = new ManualExecutor();
        scheduler.refuse(true);
        executor.refuse(true);

        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> scheduler.schedule(() -> {}, Duration.ZERO));
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> executor.execute(() -> {}));
        scheduler.refuse(false);
        executor.refuse(false);
        scheduler.schedule(() -> executor.execute(() -> seen.add("ran")), Duration.ZERO);
        scheduler.runDue();

        assertThat(executor.pendingTasks()).isEqualTo(1);
        assertThat(executor.runAll()).isEqualTo(1);
        assertThat(executor.runNext()).isFalse();
    }

    @Test
    void aHeldCallReadsItsAnswerWhenItBegins() throws Exception {
        GatedProvider<String> provider = GatedProvider.at(1, "one");
        provider.hold();
        List<Optional<Revision>> read = new ArrayList<>();
        Caller caller = Caller.of(() -> read.add(Optional.of(revisionOf(provider))));
        provider.awaitCalls(1);
        assertThat(provider.running()).isEqualTo(1);
        provider.answer(2, "two");

        provider.release();
        caller.awaitEnd();
        provider.awaitEnded(1);

        assertThat(read).containsExactly(Optional.of(new Revision(1)));
        assertThat(provider.getSnapshot()).isEqualTo(new SnapshotEnvelope<>(new Revision(2), "two"));
        assertThat(provider.getSnapshotUnless(new Revision(2))).isEmpty();
        assertThat(provider.conditions())
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of(new Revision(2)));
    }

    @Test
    void anInterruptEndsAHeldCallButNotAStubbornOne() {
        GatedProvider<String> provider = GatedProvider.at(1, "one");
        provider.hold();
        Caller held = Caller.of(() -> revisionOf(provider));
        provider.awaitCalls(1);
        held.interrupt();
        assertThat(held.thrown()).hasRootCauseInstanceOf(InterruptedException.class);

        Runnable release = provider.holdStubbornly();
        Caller stubborn = Caller.of(() -> revisionOf(provider));
        provider.awaitCalls(2);
        stubborn.interrupt();
        provider.letLaterCallsPass();
        assertThat(revisionOf(provider)).isEqualTo(new Revision(1));
        release.run();

        assertThat(stubborn.thrown()).isNull();
        assertThat(stubborn.wasInterrupted()).isTrue();
        assertThat(provider.mostAtOnce()).isEqualTo(2);
    }

    @Test
    void aFailureLastsForOneCallOrUntilTheRecovery() {
        GatedProvider<String> provider = GatedProvider.at(1, "one");
        provider.failNext(new IOException("once"));
        assertThatIllegalStateException().isThrownBy(() -> revisionOf(provider));
        assertThat(revisionOf(provider)).isEqualTo(new Revision(1));

        provider.fail(new IOException("until"));
        assertThatIllegalStateException().isThrownBy(() -> revisionOf(provider));
        assertThatIllegalStateException().isThrownBy(() -> revisionOf(provider));
        provider.recover();

        assertThat(revisionOf(provider)).isEqualTo(new Revision(1));
    }

    @Test
    void aHandSubscriberCountsWhatIsOpen() {
        HandSubscriber hand = HandSubscriber.waiting();
        hand.failOnClose(new IllegalStateException("broken"));
        var subscription = hand.subscribe("a", new SilentHandler());
        assertThat(hand.open()).isEqualTo(1);
        assertThat(hand.last().topic()).isEqualTo("a");

        assertThatIllegalStateException().isThrownBy(subscription::close);

        assertThat(hand.open()).isZero();
        assertThat(subscription.active().toCompletableFuture()).isNotDone();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> HandSubscriber.confirming().last());
    }

    private static Revision revisionOf(GatedProvider<String> provider) {
        try {
            return provider.unconditional().getSnapshot().revision();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
