package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SnapshotProvider;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.SyncPhase;
import io.statesync.policy.Backoff;
import io.statesync.policy.NonRetriableException;
import io.statesync.policy.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** CONTRACTS 4, RT-01 to RT-15. Waiting between attempts is by a hand-driven clock, attempts run on real threads. */
class RetryTest {

    private static final SnapshotEnvelope<String> GOOD = new SnapshotEnvelope<>(new Revision(1), "one");
    private static final RetryPolicy AT_ONCE =
            RetryPolicy.DEFAULT.withBackoff(Backoff.of(Duration.ZERO, Duration.ZERO));

    private final ManualScheduler clock = new ManualScheduler();
    private final WatchedExecutor threads = new WatchedExecutor();
    private final HandSubscriber transport = HandSubscriber.confirming();
    private final RecordingListener retries = new RecordingListener();
    private final RecordingListener heard = new RecordingListener();
    private final RecordingApplier<String> applier = new RecordingApplier<>();
    private final List<Exception> failures = new ArrayList<>();
    private final GatedProvider<String> source = GatedProvider.answering(() -> GOOD);

    @AfterEach
    void endThreads() {
        threads.close();
    }

    @Test
    @DisplayName("RT-01: a success passes through unchanged, with one call")
    void aSuccessPassesThrough() throws Exception {
        SnapshotProvider<String> provider = source.withRetry(RetryPolicy.DEFAULT, retries);
        assertThat(provider.getSnapshot()).isSameAs(GOOD);
        assertThat(source.calls()).isEqualTo(1);
        assertThat(retries.errors()).isEmpty();
    }

    @Test
    @DisplayName("RT-02: two failures and a success are a success after three calls")
    void theThirdAttemptSucceeds() throws Exception {
        failing(2);
        assertThat(source.withRetry(AT_ONCE, SyncListener.NONE).getSnapshot()).isSameAs(GOOD);
        assertThat(source.calls()).isEqualTo(3);
    }

    @Test
    @DisplayName("RT-03: three failures reject with the third error after three calls")
    void theLastErrorIsThrown() {
        failing(3);
        assertThatThrownBy(source.withRetry(AT_ONCE, SyncListener.NONE)::getSnapshot)
                .isSameAs(failures.get(2));
        assertThat(source.calls()).isEqualTo(3);
    }

    @Test
    @DisplayName("RT-04: one failure is reported once, with attempt 1 and the delay of 100 ms")
    void aRetryIsReportedWithItsDelay() {
        failing(1);
        CompletableFuture<Revision> refresh = sync(policy(3, 100, 2000, 2)).refresh();
        passRetry(1, 100);
        assertThat(refresh).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(retries.errors()).singleElement().satisfies(report -> {
            assertThat(report.attempt()).isEqualTo(1);
            assertThat(report.nextDelay()).isEqualTo(Duration.ofMillis(100));
            assertThat(report.error()).isSameAs(failures.get(0));
            assertThat(report.topic()).isEqualTo("prices");
        });
        assertThat(heard.errors()).isEmpty();
    }

    @Test
    @DisplayName("RT-05: base 100, factor 10, max 500: the delays are 100, 500, 500")
    void delaysGrowToTheirMaximum() {
        failing(3);
        CompletableFuture<Revision> refresh = sync(policy(4, 100, 500, 10)).refresh();
        passRetry(1, 100);
        passRetry(2, 500);
        passRetry(3, 500);
        assertThat(refresh).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(retries.errors())
                .extracting(SyncErrorContext::nextDelay)
                .containsExactly(Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofMillis(500));
    }

    @Test
    @DisplayName("RT-06: the default policy waits 100 ms after the first failure")
    void theDefaultBaseIsAHundred() {
        failing(1);
        CompletableFuture<Revision> refresh =
                sync(RetryPolicy.DEFAULT.withJitter(() -> 1)).refresh();
        passRetry(1, 100);
        assertThat(refresh).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(retries.errors())
                .singleElement()
                .extracting(SyncErrorContext::nextDelay)
                .isEqualTo(Duration.ofMillis(100));
    }

    @Test
    @DisplayName("RT-08: two failures without delays are two reports: getSnapshot, attempts 1 and 2, will retry")
    void eachRetryIsReported() throws Exception {
        failing(2);
        List<SyncErrorContext> contexts = new ArrayList<>();
        SyncListener listener = new SyncListener() {
            @Override
            public void onError(SyncErrorContext context) {
                contexts.add(context);
            }
        };
        source.withRetry(AT_ONCE, listener).getSnapshot();
        assertThat(contexts).extracting(SyncErrorContext::attempt).containsExactly(1, 2);
        assertThat(contexts).allSatisfy(context -> {
            assertThat(context.phase()).isEqualTo(SyncPhase.GET_SNAPSHOT);
            assertThat(context.willRetry()).isTrue();
            assertThat(context.nextDelay()).isEqualTo(Duration.ZERO);
        });
    }

    @Test
    @DisplayName("RT-09: an error that retryOn refuses ends it: one call, reported with willRetry false")
    void aRefusedErrorEndsIt() {
        failing(1);
        CompletableFuture<Revision> refresh = sync(RetryPolicy.DEFAULT.retryOn(
                        error -> !(error instanceof IOException)))
                .refresh();
        assertThat(refresh).failsWithin(20, TimeUnit.SECONDS);
        assertThat(source.calls()).isEqualTo(1);
        assertThat(retries.errors()).isEmpty();
        assertThat(heard.errors()).singleElement().satisfies(report -> {
            assertThat(report.phase()).isEqualTo(SyncPhase.GET_SNAPSHOT);
            assertThat(report.attempt()).isEqualTo(1);
            assertThat(report.willRetry()).isFalse();
            assertThat(report.error()).isSameAs(failures.get(0));
        });
    }

    @Test
    @DisplayName("RT-10: a NonRetriableException ends it after one call")
    void aNonRetriableExceptionEndsIt() {
        NonRetriableException error = new NonRetriableException("gone for good", null);
        source.fail(error);
        assertThatThrownBy(source.withRetry(AT_ONCE, retries)::getSnapshot).isSameAs(error);
        assertThat(source.calls()).isEqualTo(1);
        assertThat(retries.errors()).isEmpty();
    }

    @Test
    @DisplayName("RT-11: a stop while the next attempt waits ends it at once, without a further attempt")
    void aStopEndsTheWaiting() {
        failing(1);
        RevisionSync<String> sync = sync(policy(3, 100, 2000, 2));
        CompletableFuture<Revision> refresh = sync.refresh();
        awaitWaiting(1);
        assertThat(sync.stopAsync()).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(refresh).isCancelled();
        // the clock stands still: only the interrupt can have ended the waiting
        threads.awaitIdle();
        clock.advance(Duration.ofMinutes(1));
        threads.awaitIdle();
        assertThat(source.calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("RT-14: an interrupted provider is not tried again, and the interrupt flag is kept")
    void anInterruptEndsIt() {
        source.answer(() -> {
            Thread.currentThread().interrupt();
            throw new IOException("cut off by the interrupt");
        });
        assertThatThrownBy(source.withRetry(AT_ONCE, retries)::getSnapshot).isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();

        InterruptedException interruption = new InterruptedException("the flag became this exception");
        source.fail(interruption);
        assertThatThrownBy(source.withRetry(AT_ONCE, retries)::getSnapshot).isSameAs(interruption);
        assertThat(source.calls()).isEqualTo(2);
        assertThat(retries.errors()).isEmpty();
    }

    @Test
    @DisplayName("RT-15: an event during the wait for a retry costs no fetch if the retry brought what it announced")
    void anEventThatTheRetryAnsweredCostsNoFetch() {
        RevisionSync<String> sync = startedThenWaitingForRetry();
        transport.last().deliver(6);
        source.answer(6, "six");
        passRetry(1, 100);
        threads.awaitIdle();
        assertThat(sync.localRevision()).isEqualTo(new Revision(6));
        assertThat(source.calls()).isEqualTo(3);
    }

    @Test
    @DisplayName("RT-15: an event during the wait for a retry costs one more fetch if the replica is still behind")
    void anEventThatTheRetryMissedCostsOneFetch() {
        RevisionSync<String> sync = startedThenWaitingForRetry();
        transport.last().deliver(6);
        source.answer(() -> source.calls() <= 3
                ? new SnapshotEnvelope<>(new Revision(5), "five")
                : new SnapshotEnvelope<>(new Revision(6), "six"));
        passRetry(1, 100);
        threads.awaitIdle();
        assertThat(sync.localRevision()).isEqualTo(new Revision(6));
        assertThat(source.calls()).isEqualTo(4);
        assertThat(applier.revisions()).extracting(Revision::bits).containsExactly(1L, 5L, 6L);
    }

    private RevisionSync<String> startedThenWaitingForRetry() {
        RevisionSync<String> sync = sync(policy(3, 100, 2000, 2));
        sync.start();
        source.failNext(new IOException("away"));
        transport.last().deliver(5);
        awaitWaiting(1);
        return sync;
    }

    private void failing(int times) {
        for (int i = 1; i <= times; i++) {
            failures.add(new IOException("attempt " + i + " failed"));
        }
        source.answer(() -> {
            int call = source.calls();
            if (call <= times) {
                throw failures.get(call - 1);
            }
            return GOOD;
        });
    }

    private static RetryPolicy policy(int attempts, long base, long max, double factor) {
        Backoff backoff = Backoff.of(Duration.ofMillis(base), Duration.ofMillis(max))
                .withFactor(factor)
                .withJitter(() -> 1);
        return RetryPolicy.DEFAULT.withMaxAttempts(attempts).withBackoff(backoff);
    }

    private RevisionSync<String> sync(RetryPolicy policy) {
        return RevisionSync.forTopic("prices")
                .subscriber(transport)
                .provider(source.unconditional().withRetry(policy, retries))
                .applier(applier)
                .executor(threads)
                .scheduler(clock)
                .listener(heard)
                .build();
    }

    /** Waits until the refresh thread waits for its n-th retry: its timer stands beside the one of the fetch time-out. */
    private void awaitWaiting(int retry) {
        Patience.until(
                "retry " + retry + " waits",
                () -> retries.errors().size() == retry && clock.pendingTimers() == 2 && source.running() == 0);
    }

    /** The n-th retry begins when this delay has passed, and not before. */
    private void passRetry(int retry, long millis) {
        awaitWaiting(retry);
        int calls = source.calls();
        clock.advance(Duration.ofMillis(millis - 1));
        assertThat(clock.pendingTimers()).isEqualTo(2);
        assertThat(source.calls()).isEqualTo(calls);
        clock.advance(Duration.ofMillis(1));
        source.awaitCalls(calls + 1);
    }
}
