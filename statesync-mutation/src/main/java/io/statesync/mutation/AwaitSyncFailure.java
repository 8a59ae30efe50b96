package io.statesync.mutation;

/** What becomes of a transaction that the backend took and sync did not confirm (MU-S6). */
public enum AwaitSyncFailure {
    /** It is completed, unconfirmed; its effect stays visible until sync brings a newer row. */
    COMPLETE_UNCONFIRMED,
    /** It fails, though the backend has it. */
    FAIL
}
