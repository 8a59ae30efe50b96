package io.statesync.mutation;

import org.jspecify.annotations.Nullable;

/** One attempt: from the moment a place was kept for it. What comes back under another call is late. Guarded by the engine's lock. */
final class Call {

    final Tx tx;
    final Attempt attempt;
    final Alarm limit = new Alarm();

    /** The mutation function was called. */
    boolean begun;

    /** The thread that is inside the mutation function. */
    @Nullable
    Thread runner;

    Call(Tx tx, Attempt attempt) {
        this.tx = tx;
        this.attempt = attempt;
    }

    /** Whether its answer is still waited for. */
    boolean current() {
        return tx.call == this;
    }
}
