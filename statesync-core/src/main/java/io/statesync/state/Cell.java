package io.statesync.state;

import io.statesync.Freshness;
import io.statesync.Revision;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the containers have in common: one value, its revision, the limit of its age, and who hears of its changes. */
final class Cell<T> {

    /** What a read is told while there is nothing. */
    private final String empty;

    private final ChangeFeed<T> changes = new ChangeFeed<>();

    /** Written by the refresh thread, one at a time (E8), and before the first of them by whoever builds the sync. */
    private volatile @Nullable Held<T> held;

    private volatile @Nullable Freshness freshness;

    private Cell(String empty, @Nullable Held<T> initial) {
        this.empty = empty;
        this.held = initial;
    }

    static <T> Cell<T> without(String empty) {
        return new Cell<>(empty, null);
    }

    static <T> Cell<T> of(String empty, @Nullable T initial) {
        return new Cell<>(empty, new Held<>(initial, Revision.ZERO, null));
    }

    /** For readers: one volatile read, and a look at the clock if there is a limit. */
    @SuppressWarnings("NullAway") // null is a value of T here if the source says so (P3)
    T read() {
        Held<T> now = current();
        if (now.limit != null) {
            now.limit.require();
        }
        return now.value;
    }

    /** For those who say how old it is. */
    SyncedState.Snapshot<T> snapshot() {
        Held<T> now = current();
        Freshness clock = freshness;
        return new SyncedState.Snapshot<>(now.value, now.revision, clock == null ? null : clock.age());
    }

    /** However old it is; null if there is none. */
    @Nullable
    T peek() {
        Held<T> now = held;
        return now == null ? null : now.value;
    }

    boolean isEmpty() {
        return held == null;
    }

    private Held<T> current() {
        Held<T> now = held;
        if (now == null) {
            throw new IllegalStateException(empty);
        }
        return now;
    }

    /** On the refresh thread. */
    void swap(@Nullable T value, Revision revision) {
        Freshness clock = freshness;
        T before = peek();
        held = new Held<>(value, revision, limit(clock == null ? null : clock.ofThisApply()));
        changes.tell(new StateChange<>(before, value, revision, clock == null ? null : clock.causeOfThisApply()));
    }

    Registration register(Consumer<? super StateChange<T>> listener, Executor executor) {
        return changes.register(listener, executor);
    }

    void freshness(Freshness newFreshness) {
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
}
