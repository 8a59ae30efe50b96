package io.statesync.mutation;

/** Into which queued transaction a new one may go, instead of queueing behind it (A17): see {@link MutationOption#coalesceQueued}. */
public enum Coalescing {
    /** Into one of exactly the same rows: nothing becomes all-or-nothing that was not before. */
    SAME_ROWS,
    /** Into one that has some of its rows; the others are added to it, and then stand or fall with it. */
    MORE_ROWS
}
