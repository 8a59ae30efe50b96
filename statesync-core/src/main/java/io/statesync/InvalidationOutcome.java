package io.statesync;

/** What became of an event (E6). */
public enum InvalidationOutcome {
    /** Newer: a fetch follows, now or together with others. */
    ACCEPTED,
    /** Not newer than the local revision. */
    STALE,
    /** Newer, but the filter did not want it. */
    FILTERED,
    /** For another topic. */
    FOREIGN,
    /** No event, or one that breaks the protocol. */
    MALFORMED
}
