package io.statesync;

/** The receiving half of a transport for invalidations. */
@FunctionalInterface
public interface InvalidationSubscriber {

    /**
     * Begins to listen for a topic and returns at once; {@link Subscription#active()} tells when the transport confirmed
     * it. Called on a refresh thread. A transport that loses its connection reconnects and subscribes again by itself,
     * and says so to the handler.
     *
     * @throws RuntimeException if the topic cannot be subscribed at all (reported with {@link SyncPhase#SUBSCRIBE})
     */
    Subscription subscribe(String topic, InvalidationHandler handler);
}
