package io.statesync;

import java.util.concurrent.CompletionStage;

/** One topic that a transport listens for. */
public interface Subscription {

    /**
     * Completes when the transport confirmed the subscription, so that a snapshot read from then on misses nothing (P5);
     * fails if it could not be had.
     */
    CompletionStage<Void> active();

    /** Ends it. Idempotent; may be called before it was active. Afterwards the handler hears nothing. */
    void close();
}
