package io.statesync;

/** The sending half of a transport for invalidations. */
@FunctionalInterface
public interface InvalidationPublisher {

    /**
     * Announces a revision. Called after the data changed and the revision was issued (P6), from any thread.
     *
     * @throws RuntimeException if the transport cannot take it now; the caller keeps the newest event per topic and
     *     announces it later (TC-10)
     */
    void publish(InvalidationEvent event);
}
