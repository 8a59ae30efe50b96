package io.statesync.spring.json;

import io.statesync.InvalidationHandler;
import io.statesync.ProtocolException;
import org.jspecify.annotations.Nullable;

/** What came over a channel for invalidations, decoded: an event whose fields have the right types, or a malformed one. */
public sealed interface InvalidationMessage {

    /**
     * The topic that it names, as it came; null if it names no usable one. On a channel of many topics the transport then
     * reports it once, with {@link Malformed#error()}, and tells no subscription (E6).
     */
    @Nullable
    String topic();

    /** Tells a subscription: the one of that topic, or the one that owns the channel. Throws nothing of its own. */
    void deliverTo(InvalidationHandler handler);

    /** Well-formed but for the canonical form of the revision, which the engine checks. */
    record Event(
            String topic,
            String revision,
            @Nullable String sourceId,
            long timestampMs,
            @Nullable String traceparent) implements InvalidationMessage {

        @Override
        public void deliverTo(InvalidationHandler handler) {
            handler.onInvalidation(topic, revision, sourceId, timestampMs, traceparent);
        }
    }

    /**
     * No event.
     *
     * @param topic the topic, where everything but another field is right
     * @param payload what came, as text; a long one is cut
     * @param error why it is no event
     */
    record Malformed(@Nullable String topic, String payload, ProtocolException error) implements InvalidationMessage {

        @Override
        public void deliverTo(InvalidationHandler handler) {
            handler.onMalformed(payload, error);
        }
    }
}
