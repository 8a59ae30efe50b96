package io.statesync;

import io.statesync.policy.RetryPolicy;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider with several attempts per call (E14). Waits between them on the refresh thread, so that an interrupt (a
 * stop, a time-out) ends it at once.
 */
class RetryingProvider<T> implements SnapshotProvider<T> {

    private static final Logger log = LoggerFactory.getLogger(RetryingProvider.class);

    private final SnapshotProvider<T> target;
    private final RetryPolicy policy;
    private final SyncListener listener;
    private final @Nullable String topic;
    private final Scheduler scheduler;

    /** Written by the refresh thread that failed; read on the same thread by {@link #attemptOf}. */
    private volatile @Nullable Failure last;

    private RetryingProvider(
            SnapshotProvider<T> target,
            RetryPolicy policy,
            SyncListener listener,
            @Nullable String topic,
            Scheduler scheduler) {
        this.target = target;
        this.policy = policy;
        this.listener = listener;
        this.topic = topic;
        this.scheduler = scheduler;
    }

    static <T> SnapshotProvider<T> around(SnapshotProvider<T> target, RetryPolicy policy, SyncListener listener) {
        return new RetryingProvider<>(target, policy, listener, null, Scheduler.system());
    }

    static <T> ConditionalSnapshotProvider<T> around(
            ConditionalSnapshotProvider<T> target, RetryPolicy policy, SyncListener listener) {
        return new Conditional<>(target, policy, listener, null, Scheduler.system());
    }

    /** The same wrapper, which now knows for which topic and by which clock it works. */
    RetryingProvider<T> boundTo(String boundTopic, Scheduler boundScheduler) {
        return new RetryingProvider<>(target, policy, listener, boundTopic, boundScheduler);
    }

    /** Which attempt it was that threw this error last; 1 if the error did not come from here. */
    int attemptOf(Throwable error) {
        Failure failure = last;
        return failure != null && failure.error == error ? failure.attempt : 1;
    }

    @Override
    public SnapshotEnvelope<T> getSnapshot() throws Exception {
        return attempt(target::getSnapshot);
    }

    <R> R attempt(Callable<R> call) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.call();
            } catch (Exception error) {
                Duration delay = policy.delayAfter(attempt, error);
                if (delay == null || Thread.currentThread().isInterrupted()) {
                    last = new Failure(error, attempt);
                    throw error;
                }
                report(error, attempt, delay);
                sleep(delay);
            }
        }
    }

    private void report(Exception error, int attempt, Duration delay) {
        SyncPhase phase = error instanceof ProtocolException ? SyncPhase.PROTOCOL : SyncPhase.GET_SNAPSHOT;
        try {
            listener.onError(
                    new SyncErrorContext(phase, topic, error, null, null, null, null, null, attempt, true, delay));
        } catch (RuntimeException | Error thrown) {
            log.debug("A listener failed while it was told of a retry for topic {}", topic, thrown);
        }
    }

    private void sleep(Duration delay) throws InterruptedException {
        if (delay.isZero()) {
            return;
        }
        CountDownLatch elapsed = new CountDownLatch(1);
        Scheduler.Timer timer = scheduler.schedule(elapsed::countDown, delay);
        try {
            elapsed.await();
        } finally {
            timer.cancel();
        }
    }

    private record Failure(Throwable error, int attempt) {}

    private static final class Conditional<T> extends RetryingProvider<T> implements ConditionalSnapshotProvider<T> {

        private final ConditionalSnapshotProvider<T> target;
        private final RetryPolicy policy;
        private final SyncListener listener;

        Conditional(
                ConditionalSnapshotProvider<T> target,
                RetryPolicy policy,
                SyncListener listener,
                @Nullable String topic,
                Scheduler scheduler) {
            super(target, policy, listener, topic, scheduler);
            this.target = target;
            this.policy = policy;
            this.listener = listener;
        }

        @Override
        RetryingProvider<T> boundTo(String boundTopic, Scheduler boundScheduler) {
            return new Conditional<>(target, policy, listener, boundTopic, boundScheduler);
        }

        @Override
        public Optional<SnapshotEnvelope<T>> getSnapshotUnless(Revision known) throws Exception {
            return attempt(() -> target.getSnapshotUnless(known));
        }

        @Override
        public ConditionalSnapshotProvider<T> withRetry(RetryPolicy newPolicy, SyncListener newListener) {
            return around(this, newPolicy, newListener);
        }
    }
}
