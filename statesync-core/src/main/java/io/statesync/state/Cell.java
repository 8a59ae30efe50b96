package io.statesync.state;

import io.statesync.Freshness;
import io.statesync.Revision;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the containers have in common: one value, its revision, the limit of its age, and who hears of its changes. They
 * extend it, so that a read finds the value in two steps: from the container to what is held, and from there to the value.
 */
abstract class Cell<T> {

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<Cell, ChangeFeed> CHANGES =
            AtomicReferenceFieldUpdater.newUpdater(Cell.class, ChangeFeed.class, "changes");

    /** Written by the refresh thread, one at a time (E8), and before the first of them by whoever builds the sync. */
    private volatile @Nullable Held<T> held;

    private volatile @Nullable Freshness freshness;

    /** Made once, for the first listener; most containers have none. */
    private volatile @Nullable ChangeFeed<T> changes;

    /** Without a value. */
    Cell() {}

    /** With this one until the first snapshot. */
    Cell(@Nullable T initial) {
        held = Held.of(initial, Revision.ZERO, null);
    }

    /** What a read is told while there is nothing. */
    abstract String empty();

    /** For readers: one volatile read, and a look at the clock if there is a limit. */
    @SuppressWarnings({"NullAway", "unchecked"
    }) // null is a value of T if the source says so (P3); what is shown is one
    final T read() {
        Held<T> now = held;
        if (now == null) {
            throw new IllegalStateException(empty());
        }
        Object shown = now.shown;
        return shown == Held.ASK ? now.ask() : (T) shown;
    }

    /** For those who say how old it is. */
    final SyncedState.Snapshot<T> look() {
        Held<T> now = held;
        if (now == null) {
            throw new IllegalStateException(empty());
        }
        Freshness clock = freshness;
        return new SyncedState.Snapshot<>(now.value(), now.revision(), clock == null ? null : clock.age());
    }

    /** However old it is; null if there is none. */
    final @Nullable T peek() {
        Held<T> now = held;
        return now == null ? null : now.value();
    }

    final boolean isEmpty() {
        return held == null;
    }

    /** On the refresh thread. */
    final void swap(@Nullable T value, Revision revision) {
        Freshness clock = freshness;
        T before = peek();
        held = Held.of(value, revision, clock == null ? null : clock.ofThisApply());
        // read after the swap: whoever registered before it hears of it
        ChangeFeed<T> told = changes;
        if (told != null) {
            told.tell(new StateChange<>(before, value, revision, clock == null ? null : clock.causeOfThisApply()));
        }
    }

    final Registration register(Consumer<? super StateChange<T>> listener, Executor executor) {
        ChangeFeed<T> fresh = new ChangeFeed<>();
        ChangeFeed<T> feed = CHANGES.compareAndSet(this, null, fresh) ? fresh : changes;
        return Objects.requireNonNull(feed).register(listener, executor);
    }

    final void limitedBy(Freshness newFreshness) {
        freshness = newFreshness;
        Held<T> initial = held;
        if (initial != null) {
            held = Held.of(initial.value(), initial.revision(), newFreshness);
        }
    }
}
