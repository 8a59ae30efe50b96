package io.statesync;

import org.jspecify.annotations.Nullable;

/**
 * Says that a topic may be newer than a replica thinks. It carries no state (protocol P2).
 *
 * @param topic the topic, 1 to 255 code points
 * @param revision the revision that the source issued
 * @param sourceId who announces it, at most 255 characters, for filters and diagnosis
 * @param timestampMs when it was announced, in milliseconds since the epoch, or {@link #NO_TIMESTAMP}; never used for
 *     ordering
 * @param traceparent the W3C trace context of the change
 */
public record InvalidationEvent(
        String topic,
        Revision revision,
        @Nullable String sourceId,
        long timestampMs,
        @Nullable String traceparent) {

    /** The time stamp of an event that has none. */
    public static final long NO_TIMESTAMP = -1;

    /** The longest source id, in characters. */
    public static final int MAX_SOURCE_ID_LENGTH = 255;

    public InvalidationEvent {
        if (topic.isBlank()) {
            throw new IllegalArgumentException("an invalidation event needs a topic, got \"" + topic + "\"");
        }
        if (sourceId != null && sourceId.length() > MAX_SOURCE_ID_LENGTH) {
            throw new IllegalArgumentException("the source id of an invalidation of topic \"" + topic + "\" has "
                    + sourceId.length() + " characters, at most " + MAX_SOURCE_ID_LENGTH + " are allowed");
        }
        if (timestampMs < NO_TIMESTAMP) {
            timestampMs = NO_TIMESTAMP;
        }
    }

    /** An event with the two required fields alone. */
    public static InvalidationEvent of(String topic, Revision revision) {
        return new InvalidationEvent(topic, revision, null, NO_TIMESTAMP, null);
    }
}
