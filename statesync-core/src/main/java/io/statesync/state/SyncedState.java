package io.statesync.state;

import io.statesync.Freshness;
import io.statesync.Revision;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.policy.ListenerPool;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the newest snapshot of a topic as one immutable value. Reading is one volatile read, by any thread, and a look at
 * the clock if there is a limit of staleness; a reader sees exactly one snapshot, never a mix.
 *
 * <p>After {@link io.statesync.RevisionSyncBuilder#maxStaleness} (by default never) {@link #get} throws; {@link #snapshot}
 * goes on and says how old the value is. An initial value is no exception: it may be read for that long after the sync was
 * built, and no longer unless the source confirms something.
 *
 * <p>The value must not be changed by those who read it.
 */
public final class SyncedState<T> extends Cell<T> implements SnapshotApplier<T>, Freshness.Aware {

    private static final String EMPTY =
            "no snapshot yet: wait for the sync's start, or create the state with SyncedState.withInitial(..)";

    private SyncedState() {}

    private SyncedState(@Nullable T initial) {
        super(initial);
    }

    /** An empty one: reading before the first snapshot throws. */
    public static <T> SyncedState<T> create() {
        return new SyncedState<>();
    }

    /** One that holds this value, at {@link Revision#ZERO}, until the first snapshot. */
    public static <T> SyncedState<T> withInitial(@Nullable T initial) {
        return new SyncedState<>(initial);
    }

    /**
     * The newest value; null only if the source's state is null.
     *
     * @throws IllegalStateException before the first snapshot, unless an initial value was given
     * @throws io.statesync.StaleStateException if it was not found current for longer than the sync's limit, if that has one
     */
    public T get() {
        return read();
    }

    /**
     * The newest value with its revision and age, which belong together; however old it is.
     *
     * @throws IllegalStateException before the first snapshot, unless an initial value was given
     */
    public Snapshot<T> snapshot() {
        return look();
    }

    /** Whether there is something to read. */
    public boolean hasValue() {
        return !isEmpty();
    }

    @Override
    public void apply(SnapshotEnvelope<T> snapshot) {
        swap(snapshot.data(), snapshot.revision());
    }

    /** {@link #onChange(Consumer, Executor)} on {@link ListenerPool#shared()}. */
    public Registration onChange(Consumer<? super StateChange<T>> listener) {
        return onChange(listener, ListenerPool.shared());
    }

    /**
     * Calls the listener after each swap from now on, on the executor, one call at a time and in the order of the swaps. It
     * may block: readers, appliers and other listeners do not wait for it. If it is slower than the snapshots come, it hears
     * several as one change, from the oldest that it missed to the newest. What it throws is logged and harms nobody.
     *
     * @return removes the listener when closed
     */
    public Registration onChange(Consumer<? super StateChange<T>> listener, Executor executor) {
        return register(listener, executor);
    }

    @Override
    String empty() {
        return EMPTY;
    }

    @Override
    public void freshness(Freshness newFreshness) {
        limitedBy(newFreshness);
    }

    /**
     * A value and what is known of it.
     *
     * @param value the value
     * @param revision its revision
     * @param age time since it was last found current at the source; null if it never was
     */
    public record Snapshot<T>(
            @Nullable T value, Revision revision, @Nullable Duration age) {}
}
