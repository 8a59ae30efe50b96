package io.statesync.spring.redis;

import java.nio.charset.StandardCharsets;

/**
 * The channel that carries the invalidations of all topics; applications that share a server and are not to hear each other
 * have one each. The number of a database does not separate channels.
 *
 * @param name its name
 */
public record RedisChannel(String name) {

    /** The channel where none is named. */
    public static final RedisChannel DEFAULT = new RedisChannel("statesync");

    public RedisChannel {
        if (name.isBlank()) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a channel: it is blank");
        }
    }

    byte[] bytes() {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
