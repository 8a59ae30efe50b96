package io.statesync;

import io.statesync.policy.Durations;
import io.statesync.policy.RetryPolicy;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider with several attempts per call (E14). Waits between them on the refresh thread, so that an interrupt (a
 * stop, a time-out) ends it at once. A wait that would outlast the fetch's time-out (a source that says {@code Retry-After:
 * 30}) is not begun: the call fails with its last error, and whoever plans the next fetch obeys what that says.
 */
class RetryingProvider<T> implements SnapshotProvider<T> {

    private static final Logger log = LoggerFactory.getLogger(RetryingProvider.class);

    private final SnapshotProvider<T> target;
    private final RetryPolicy policy;
    private final SyncListener listener;
    private final @Nullable String topic;
    private final Scheduler scheduler;
    /** How long one call may take; null while it is not known. */
    private final @Nullable Duration limit;

    /** Written by the refresh thread that failed; read on the same thread by {@link #attemptOf}. */
    private volatile @Nullable Failure last;

    private RetryingProvider(
            SnapshotProvider<T> target,
            RetryPolicy policy,
            SyncListener listener,
            @Nullable String topic,
            Scheduler scheduler,
            @Nullable Duration limit) {
        this.target = target;
        this.policy = policy;
        this.listener = listener;
        this.topic = topic;
        this.scheduler = scheduler;
        this.limit = limit;
    }

    static <T> SnapshotProvider<T> around(SnapshotProvider<T> target, RetryPolicy policy, SyncListener listener) {
        return new RetryingProvider<>(target, policy, listener, null, Scheduler.system(), null);
    }

    static <T> ConditionalSnapshotProvider<T> around(
            ConditionalSnapshotProvider<T> target, RetryPolicy policy, SyncListener listener) {
        return new Conditional<>(target, policy, listener, null, Scheduler.system(), null);
    }

    /** The same wrapper, which now knows for which topic, by which clock and for how long it works. */
    RetryingProvider<T> boundTo(String boundTopic, Scheduler boundScheduler, Duration fetchTimeout) {
        return new RetryingProvider<>(target, policy, listener, boundTopic, boundScheduler, fetchTimeout);
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
        long begun = scheduler.now();
        for (int attempt = 1; ; attempt++) {
            try {
                return call.call();
            } catch (Exception error) {
                Duration delay = policy.delayAfter(attempt, error);
                if (delay == null
                        || outlasts(delay, begun)
                        || Thread.currentThread().isInterrupted()) {
                    last = new Failure(error, attempt);
                    throw error;
                }
                report(error, attempt, delay);
                scheduler.sleep(delay);
            }
        }
    }

    private boolean outlasts(Duration delay, long begun) {
        return limit != null && scheduler.now() - begun + Durations.nanos(delay) >= Durations.nanos(limit);
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
                Scheduler scheduler,
                @Nullable Duration limit) {
            super(target, policy, listener, topic, scheduler, limit);
            this.target = target;
            this.policy = policy;
            this.listener = listener;
        }

        @Override
        RetryingProvider<T> boundTo(String boundTopic, Scheduler boundScheduler, Duration fetchTimeout) {
            return new Conditional<>(target, policy, listener, boundTopic, boundScheduler, fetchTimeout);
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
