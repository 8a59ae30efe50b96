package io.statesync.spring.redis;

import io.statesync.Topic;
import java.nio.charset.StandardCharsets;

/**
 * Where a topic is kept: one hash for each, with the newest {@code revision} in decimal, the data in the field that
 * {@code at} names ({@code data} where it names none), and their {@code form} ({@code json} or {@code bytes}); and one for
 * its persisted snapshot. One key is never in two slots of a cluster.
 *
 * @param prefix what stands before the encoded topic: {@code statesync:}
 */
public record RedisKeys(String prefix) {

    /** The keys where no prefix is named. */
    public static final RedisKeys DEFAULT = new RedisKeys("statesync:");

    public RedisKeys {
        if (prefix.isBlank()) {
            throw new IllegalArgumentException("\"" + prefix
                    + "\" is no prefix of keys: without one the topics would stand among the keys of others");
        }
    }

    /** The key of a topic. */
    public String of(String topic) {
        return prefix + Topic.encode(Topic.requireValid(topic));
    }

    /** The key of a topic's persisted snapshot: an encoded topic has no colon. */
    public String ofRecord(String topic) {
        return prefix + "record:" + Topic.encode(Topic.requireValid(topic));
    }

    byte[] record(String topic) {
        return ofRecord(topic).getBytes(StandardCharsets.UTF_8);
    }

    byte[] bytes(String topic) {
        return of(topic).getBytes(StandardCharsets.UTF_8);
    }
}
