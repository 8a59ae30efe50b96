package io.statesync.state;

import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.policy.ListenerPool;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A topic as a stream of snapshots. A subscriber that asks for less than comes gets the newest: what it was too slow for is
 * left out, and nothing is queued. One that comes late gets the newest snapshot first. Revisions rise, unless the source was
 * reset. The stream ends when the publisher is closed, never by itself.
 *
 * <p>Signals come on the executor, one at a time per subscriber; a subscriber may block.
 */
public final class SnapshotPublisher<T>
        implements SnapshotApplier<T>, Flow.Publisher<SnapshotEnvelope<T>>, AutoCloseable {

    private final Executor executor;
    private final Set<SnapshotSubscription<T>> subscriptions = ConcurrentHashMap.newKeySet();

    /** Written by the refresh thread, one at a time (E8). */
    private volatile @Nullable SnapshotEnvelope<T> newest;

    private volatile boolean closed;

    private SnapshotPublisher(Executor executor) {
        this.executor = executor;
    }

    /** One that signals on {@link ListenerPool#shared()}. */
    public static <T> SnapshotPublisher<T> create() {
        return on(ListenerPool.shared());
    }

    /** One that signals on this executor. */
    public static <T> SnapshotPublisher<T> on(Executor executor) {
        return new SnapshotPublisher<>(executor);
    }

    @Override
    public void apply(SnapshotEnvelope<T> snapshot) {
        newest = snapshot;
        subscriptions.forEach(SnapshotSubscription::look);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super SnapshotEnvelope<T>> subscriber) {
        Objects.requireNonNull(subscriber, "a subscriber is needed");
        SnapshotSubscription<T> subscription = new SnapshotSubscription<>(this, subscriber, executor);
        // before the look: either it sees what is applied meanwhile, or it is looked at by that
        subscriptions.add(subscription);
        subscription.look();
    }

    @Nullable
    SnapshotEnvelope<T> newest() {
        return newest;
    }

    boolean closed() {
        return closed;
    }

    void remove(SnapshotSubscription<T> ended) {
        subscriptions.remove(ended);
    }

    /** Completes all subscribers, after the snapshot that they have asked for and not seen. Idempotent. */
    @Override
    public void close() {
        closed = true;
        subscriptions.forEach(SnapshotSubscription::look);
    }
}
