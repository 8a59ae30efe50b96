package io.statesync.mutation;

import io.statesync.mutation.store.TransactionState;
import org.jspecify.annotations.Nullable;

/**
 * A transition, told exactly once and in order (MU-T6).
 *
 * @param from the state before; null if it was created or restored
 * @param transaction the transaction after it
 */
public record TransactionEvent(@Nullable TransactionState from, MutationTransaction transaction) {

    /** The state after. */
    public TransactionState to() {
        return transaction.state();
    }
}
