package io.statesync;

import org.jspecify.annotations.Nullable;

/**
 * The one hook for observers: metrics, logs, health. Every method does nothing unless it is overridden. Called on
 * whatever thread the thing happened, never under a lock; must not block. What it throws is logged and harms nobody (E7).
 * One listener may serve many topics.
 */
public interface SyncListener {

    /** Hears nothing. */
    SyncListener NONE = new SyncListener() {};

    /**
     * An event arrived. Called for each one, stale ones included, so it gets primitives.
     *
     * @param topic the topic of the sync that received it
     * @param revisionBits the event's revision, unsigned; 0 if it was foreign or malformed and so not read
     */
    default void onInvalidation(String topic, long revisionBits, InvalidationOutcome outcome) {}

    /** A demand for a refresh joined one that was already waiting. */
    default void onCoalesced(String topic) {}

    /** A round ended; the revision is recorded, futures are not completed yet (E3). */
    default void onRefreshEnded(RefreshReport report) {}

    /** The transport lost the connection: events may be missing. */
    default void onConnectionLost(String topic, @Nullable Throwable cause) {}

    /** The transport has the subscription back; a refresh follows. */
    default void onConnectionRestored(String topic) {}

    /** Something failed. */
    default void onError(SyncErrorContext context) {}
}
