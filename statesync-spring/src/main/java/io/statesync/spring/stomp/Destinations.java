package io.statesync.spring.stomp;

import io.statesync.Topic;
import org.jspecify.annotations.Nullable;

/** Where the invalidations of a topic go: {@code /topic/statesync.<encoded topic>} (DESIGN 7). */
final class Destinations {

    static final String PREFIX = "/topic/statesync.";

    private Destinations() {}

    static String of(String topic) {
        return PREFIX + Topic.encode(topic);
    }

    /** The topic of a destination; null for everything else, so for any pattern: no pattern is an encoded name. */
    static @Nullable String topicOf(String destination) {
        if (!destination.startsWith(PREFIX)) {
            return null;
        }
        try {
            return Topic.decode(destination.substring(PREFIX.length()));
        } catch (IllegalArgumentException notAnEncodedName) {
            return null;
        }
    }
}
