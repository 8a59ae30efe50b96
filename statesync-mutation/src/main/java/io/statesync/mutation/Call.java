package io.statesync.mutation;

import io.statesync.mutation.store.StoreEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One attempt: from the moment a place was kept for it. What comes back under another call is late. Guarded by the engine's lock. */
final class Call {

    final Tx tx;
    private final int number;
    private final Instant startedAt;
    private @Nullable Attempt attempt;

    /** Ends it; null before it began, and where it may take for ever. */
    @Nullable
    Alarm limit;

    /** The mutation function was called. */
    boolean begun;

    /** The thread that is inside the mutation function. */
    @Nullable
    Thread runner;

    Call(Tx tx, int number, Instant startedAt) {
        this.tx = tx;
        this.number = number;
        this.startedAt = startedAt;
    }

    /** The attempt, open; made when it is asked for, by any thread. */
    Attempt attempt() {
        Attempt made = attempt;
        if (made == null) {
            made = new Attempt(tx.id + "#" + number, number, startedAt, null, null, null, false);
            attempt = made;
        }
        return made;
    }

    StoreEvent started() {
        return new StoreEvent.AttemptStarted(tx.id, Encoding.stored(attempt()));
    }

    /** Whether its answer is still waited for. */
    boolean current() {
        return tx.call == this;
    }
}
