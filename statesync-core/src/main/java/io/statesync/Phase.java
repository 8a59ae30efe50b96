package io.statesync;

/** Where a sync is in its life (DESIGN 4.2, step 1). */
enum Phase {
    /** Never started, or the last start failed. Fetches are legal, events are not heard. */
    NEW,
    /** Subscribing, or waiting for the first refresh. */
    STARTING,
    /** Subscribed and refreshed. */
    RUNNING,
    /** Nothing begins; may be started again. */
    STOPPED,
    /** Nothing begins, ever. */
    CLOSED;

    /** Whether something may begin. */
    boolean open() {
        return this != STOPPED && this != CLOSED;
    }

    /** Whether the sync holds, or is about to hold, a subscription. */
    boolean live() {
        return this == STARTING || this == RUNNING;
    }
}
