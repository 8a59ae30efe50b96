package io.statesync;

/** What a replica's copy is worth now. Derived from facts at the moment of asking, never stored. */
public enum SyncState {
    /** No data yet. */
    STARTING,
    /** The data was confirmed current since the last (re)connect, and nothing newer is overdue. */
    LIVE,
    /** There is data, and it may be old: not connected, not confirmed, or behind for too long. */
    STALE,
    /** The last start failed. */
    FAILED,
    /** Stopped or closed; the data stays readable. */
    STOPPED
}
