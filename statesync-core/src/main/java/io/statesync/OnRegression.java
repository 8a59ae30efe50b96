package io.statesync;

/** What to do when the source answers with an older revision than the one that is applied (E11). */
public enum OnRegression {
    /** Keep the newer state, say so, and wait for the source to come back or for an operator's {@link RevisionSync#reset()}. */
    IGNORE,
    /**
     * Take the older state once the source has given the same answer twice, at least one catch-up delay apart, with nothing
     * newer announced and nothing else answered in between.
     */
    ACCEPT
}
