package io.statesync.mutation;

/** How far a mutation is; all mutations of a transaction move together (MU-M9). */
public enum MutationState {
    /** Its transaction waits or is about to begin. */
    CREATED,
    /** From the first attempt on, until sync has confirmed it. */
    PERSISTING,
    /** Its transaction is completed. */
    SYNCED
}
