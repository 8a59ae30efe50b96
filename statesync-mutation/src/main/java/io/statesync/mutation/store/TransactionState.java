package io.statesync.mutation.store;

/** Where a transaction is (MUTATIONS 1.11, {@code docs/mutations.md}). */
public enum TransactionState {
    /** Waits for another transaction to complete. */
    QUEUED,
    /** Created, or restored, and not yet handed to its mutation function. */
    PENDING,
    /** Handed to its mutation function; also while the next attempt waits for its time. */
    PERSISTING,
    /** The mutation function succeeded, and its effect has not come back by sync. */
    PERSISTED_AWAITING_SYNC,
    /** Done; terminal. */
    COMPLETED,
    /** Rolled back; terminal. Also when a transaction that it waited for failed. */
    FAILED;

    /** Whether the transaction still has an effect of its own on what is visible. */
    public boolean active() {
        return this != COMPLETED && this != FAILED;
    }
}
