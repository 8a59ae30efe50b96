package io.statesync.state;

import io.statesync.SnapshotEnvelope;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One subscriber of a {@link SnapshotPublisher}. Signals come from its runs alone, one at a time (Reactive Streams 1.3). */
final class SnapshotSubscription<T> implements Flow.Subscription {

    private static final Logger log = LoggerFactory.getLogger(SnapshotSubscription.class);

    private final SnapshotPublisher<T> publisher;
    private final Flow.Subscriber<? super SnapshotEnvelope<T>> subscriber;
    private final SerialRuns runs;
    private final AtomicLong requested = new AtomicLong();
    private volatile boolean cancelled;
    private volatile boolean senseless;

    /** Used by one run at a time. */
    private boolean introduced;

    private @Nullable SnapshotEnvelope<T> told;

    SnapshotSubscription(
            SnapshotPublisher<T> publisher,
            Flow.Subscriber<? super SnapshotEnvelope<T>> subscriber,
            Executor executor) {
        this.publisher = publisher;
        this.subscriber = subscriber;
        this.runs = new SerialRuns(executor, this::signal);
    }

    void look() {
        runs.demand();
    }

    @Override
    public void request(long number) {
        if (number <= 0) {
            senseless = true;
        } else {
            requested.accumulateAndGet(number, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
        }
        look();
    }

    @Override
    public void cancel() {
        cancelled = true;
        publisher.remove(this);
    }

    private void signal() {
        try {
            signalNow();
        } catch (RuntimeException | Error thrown) {
            // against the rules (2.13): whoever throws is not called again
            cancel();
            log.warn("A subscriber threw, and hears no more", thrown);
        }
    }

    private void signalNow() {
        if (!introduced && !cancelled) {
            introduced = true;
            subscriber.onSubscribe(this);
        }
        boolean last = publisher.closed();
        SnapshotEnvelope<T> newest = publisher.newest();
        if (!cancelled && senseless) {
            cancel();
            subscriber.onError(new IllegalArgumentException("request(n) needs n > 0 (Reactive Streams 3.9)"));
        }
        if (!cancelled && newest != null && newest != told && requested.get() > 0) {
            told = newest;
            requested.updateAndGet(it -> it == Long.MAX_VALUE ? it : it - 1);
            subscriber.onNext(newest);
        }
        if (!cancelled && last) {
            cancel();
            subscriber.onComplete();
        }
    }
}
