package io.statesync.spring.stomp;

import io.statesync.policy.Durations;
import java.time.Duration;
import java.util.List;

/**
 * How a {@link StompServer} serves.
 *
 * @param path the path below which StateSync serves, such as {@code /statesync}; the web socket is at {@code /ws} below it
 * @param allowedOrigins origins of web pages that may connect besides the server's own; {@code *} for all. Clients that are
 *     no browser send none and may always connect
 * @param heartbeat how often each side sends a sign of life
 * @param sendTimeLimit how long one message to a client may take before the client is cut off
 * @param sendBufferLimit how many bytes may wait for one slow client before it is cut off; it comes back and refreshes
 */
public record StompServerSettings(
        String path, List<String> allowedOrigins, Duration heartbeat, Duration sendTimeLimit, int sendBufferLimit) {

    private static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration DEFAULT_SEND_TIME_LIMIT = Duration.ofSeconds(10);
    private static final int DEFAULT_SEND_BUFFER_LIMIT = 512 * 1024;

    public StompServerSettings {
        if (!path.startsWith("/") || path.length() > 1 && path.endsWith("/")) {
            throw new IllegalArgumentException(
                    "statesync.server.path must begin with a slash and not end with one, such as /statesync, got \""
                            + path + "\"");
        }
        allowedOrigins = List.copyOf(allowedOrigins);
        Durations.positive("the heart-beat of the STOMP server", heartbeat);
        Durations.positive("the send time limit of the STOMP server", sendTimeLimit);
        if (sendBufferLimit < 1) {
            throw new IllegalArgumentException(
                    "the send buffer limit of the STOMP server must be at least 1 byte, got " + sendBufferLimit);
        }
    }

    /** The defaults: heart-beats of 5 s, 10 s and 512 KB for a slow client. */
    public static StompServerSettings of(String path, List<String> allowedOrigins) {
        return new StompServerSettings(
                path, allowedOrigins, DEFAULT_HEARTBEAT, DEFAULT_SEND_TIME_LIMIT, DEFAULT_SEND_BUFFER_LIMIT);
    }

    /** The same settings with another heart-beat. */
    public StompServerSettings withHeartbeat(Duration newHeartbeat) {
        return new StompServerSettings(path, allowedOrigins, newHeartbeat, sendTimeLimit, sendBufferLimit);
    }

    String webSocketPath() {
        return path.equals("/") ? "/ws" : path + "/ws";
    }
}
