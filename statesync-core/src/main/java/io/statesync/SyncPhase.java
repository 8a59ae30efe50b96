package io.statesync;

/** Where a failure happened (E12). */
public enum SyncPhase {
    /** A start was cancelled, or its subscribe could not be scheduled. */
    START("start"),
    /** The transport refused the subscription, or the subscription could not be closed. */
    SUBSCRIBE("subscribe"),
    /** An invalidation filter threw; the refresh happened all the same. */
    INVALIDATION("invalidation"),
    /** The executor refused a refresh. */
    REFRESH("refresh"),
    /** The provider failed or took too long. */
    GET_SNAPSHOT("getSnapshot"),
    /** An event or a snapshot broke the protocol. */
    PROTOCOL("protocol"),
    /** The applier failed, or did not end when the sync was stopped. */
    APPLY("apply"),
    /** The scheduler refused a timer; the demand is kept. */
    THROTTLE("throttle"),
    /** A snapshot could not be kept; it was applied all the same. */
    SAVE("save"),
    /** A kept snapshot could not be read, or is not to be trusted; the replica starts without it. */
    LOAD("load"),
    /** A transaction could not be written to its backend. */
    PERSIST("persist"),
    /** A transaction's effect did not come back by sync. */
    AWAIT_SYNC("awaitSync"),
    /** Transactions could not be stored or restored. */
    STORE("store"),
    /** A merge or a patch of a row threw. */
    MERGE("merge");

    private final String tag;

    SyncPhase(String tag) {
        this.tag = tag;
    }

    /** The name on metrics and in logs, as {@code docs/lifecycle.md} lists it. */
    public String tag() {
        return tag;
    }
}
