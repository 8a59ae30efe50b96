package io.statesync;

/** How a round ended (E11, DESIGN 4.2). */
public enum RefreshOutcome {
    /** The snapshot was newer, or the first one, and is applied. */
    APPLIED,
    /** The snapshot has the local revision. */
    UNCHANGED,
    /** The source said that it is at exactly the local revision. */
    NOT_MODIFIED,
    /** A newer offer waits: only that one is applied. */
    OVERTAKEN,
    /** The snapshot is older than the local revision: not applied. */
    REGRESSED,
    /** The fetch or the apply failed. */
    FAILED
}
