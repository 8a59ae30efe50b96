package io.statesync.spring;

import org.jspecify.annotations.Nullable;

/** What this application exposes: only what was named, everything else does not exist for others. */
@FunctionalInterface
public interface ExposedTopics {

    /**
     * The topic, or null if it is unknown or not exposed: whoever asks must not be able to tell which of the two. Called
     * on request and message threads for each request; must be quick.
     *
     * @param topic any text that a client sent, not necessarily a valid name
     */
    @Nullable
    ExposedTopic find(String topic);
}
