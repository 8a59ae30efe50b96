package io.statesync;

import org.jspecify.annotations.Nullable;

/**
 * Runs something around the rounds of a topic, such as the span of a trace. Called once per round whose provider or applier
 * runs, before either, on the thread that runs them and never under a lock; the fetch time-out counts meanwhile. What it
 * throws, or a scope that is null, harms nobody (E7): the round is then not observed. One observer may serve many topics.
 */
@FunctionalInterface
public interface RoundObserver {

    /**
     * A round begins.
     *
     * @param topic the topic
     * @param cause why the round is run
     * @param traceparent the W3C trace context of the newest event that is not answered yet, as it came and not validated;
     *     null if there is none that has one, and for an offer
     * @return hears how the round goes on, on the same thread
     */
    RoundScope begin(String topic, RefreshCause cause, @Nullable String traceparent);
}
