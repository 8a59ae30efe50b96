package io.statesync.mutation;

/**
 * Hears how long the engine takes for what its callers feel. Called often, on the thread that did it, under no lock, by many
 * threads at once: it only counts, and never throws. Where there is none nothing is measured.
 */
public interface MutationTimings {

    /** A transaction was made: from the end of its edits until it is visible. Nanoseconds. */
    void mutated(long nanos);

    /** The engine's lock was held so long, which is how long other writers waited for one step. Nanoseconds. */
    void locked(long nanos);
}
