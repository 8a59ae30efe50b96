package io.statesync.state;

import io.statesync.Freshness;
import io.statesync.Revision;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
public final class SyncedState<T> implements SnapshotApplier<T>, Freshness.Aware {

    private static final Logger log = LoggerFactory.getLogger(SyncedState.class);

    private final List<ChangeListener<? super T>> listeners = new CopyOnWriteArrayList<>();

    /** Written by the refresh thread, one at a time (E8), and before the first of them by whoever builds the sync. */
    private volatile @Nullable Held<T> held;

    private volatile @Nullable Freshness freshness;

    private SyncedState(@Nullable Held<T> initial) {
        this.held = initial;
    }

    /** An empty one: reading before the first snapshot throws. */
    public static <T> SyncedState<T> create() {
        return new SyncedState<>(null);
    }

    /** One that holds this value, at {@link Revision#ZERO}, until the first snapshot. */
    public static <T> SyncedState<T> withInitial(@Nullable T initial) {
        return new SyncedState<>(new Held<>(initial, Revision.ZERO, null));
    }

    /**
     * The newest value; null only if the source's state is null.
     *
     * @throws IllegalStateException before the first snapshot, unless an initial value was given
     * @throws io.statesync.StaleStateException if it was not found current for longer than the sync's limit, if that has one
     */
    @SuppressWarnings("NullAway") // null is a value of T here if the source says so (P3)
    public T get() {
        Held<T> now = current();
        if (now.limit != null) {
            now.limit.require();
        }
        return now.value;
    }

    /**
     * The newest value with its revision and age, which belong together; however old it is.
     *
     * @throws IllegalStateException before the first snapshot, unless an initial value was given
     */
    public Snapshot<T> snapshot() {
        Held<T> now = current();
        Freshness clock = freshness;
        return new Snapshot<>(now.value, now.revision, clock == null ? null : clock.age());
    }

    /** Whether there is something to read. */
    public boolean hasValue() {
        return held != null;
    }

    private Held<T> current() {
        Held<T> now = held;
        if (now == null) {
            throw new IllegalStateException(
                    "no snapshot yet: wait for the sync's start, or create the state with SyncedState.withInitial(..)");
        }
        return now;
    }

    @Override
    public void apply(SnapshotEnvelope<T> snapshot) {
        Freshness clock = freshness;
        Held<T> before = held;
        Held<T> after =
                new Held<>(snapshot.data(), snapshot.revision(), limit(clock == null ? null : clock.ofThisApply()));
        held = after;
        for (ChangeListener<? super T> listener : listeners) {
            try {
                listener.changed(before == null ? null : before.value, after.value);
            } catch (RuntimeException | Error thrown) {
                log.debug("A change listener failed at revision {}", after.revision, thrown);
            }
        }
    }

    /**
     * Calls the listener after each swap, in revision order, on the refresh thread: it must not block. What it throws is
     * logged and harms nobody.
     *
     * @return removes the listener when closed
     */
    public Registration onChange(ChangeListener<? super T> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void freshness(Freshness newFreshness) {
        freshness = newFreshness;
        Held<T> initial = held;
        if (initial != null) {
            held = new Held<>(initial.value, initial.revision, limit(newFreshness));
        }
    }

    private static @Nullable Freshness limit(@Nullable Freshness freshness) {
        return freshness != null && freshness.limited() ? freshness : null;
    }

    /* With the limit in it, one volatile read is enough where there is none. */
    private record Held<T>(
            @Nullable T value, Revision revision, @Nullable Freshness limit) {}

    /**
     * A value and what is known of it.
     *
     * @param value the value
     * @param revision its revision
     * @param age time since it was last found current at the source; null if it never was
     */
    public record Snapshot<T>(
            @Nullable T value, Revision revision, @Nullable Duration age) {}

    /** Hears of a change. */
    @FunctionalInterface
    public interface ChangeListener<T> {

        /** The value was swapped; {@code before} is null at the first snapshot. */
        void changed(@Nullable T before, @Nullable T after);
    }

    /** Ends a registration when closed; idempotent. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {

        @Override
        void close();
    }
}
