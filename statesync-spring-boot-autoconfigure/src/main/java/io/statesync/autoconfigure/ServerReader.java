package io.statesync.autoconfigure;

import io.statesync.spring.http.ServingLimits;
import io.statesync.spring.stomp.StompServerSettings;

/** Reads how this application serves the topics that it exposes. */
final class ServerReader {

    private ServerReader() {}

    /** Refuses nonsense also where no topic is exposed yet: it would be found on the day that one is. */
    static void requireValid(StateSyncProperties.Server it) {
        limits(it);
        stomp(it);
        Origins.requireValid("statesync.server.allowed-origins", it.allowedOrigins());
    }

    static ServingLimits limits(StateSyncProperties.Server it) {
        int concurrent = Checks.atLeast(1, "statesync.server.max-concurrent-snapshots", it.maxConcurrentSnapshots());
        Integer waiting = it.maxWaitingRequests();
        return new ServingLimits(
                concurrent,
                waiting == null
                        ? ServingLimits.waiting(concurrent)
                        : Checks.atLeast(0, "statesync.server.max-waiting-requests", waiting),
                Checks.positive("statesync.server.max-wait", it.maxWait()));
    }

    static StompServerSettings stomp(StateSyncProperties.Server it) {
        return new StompServerSettings(
                Paths.requireValid("statesync.server.path", it.path()),
                it.allowedOrigins(),
                Checks.millis("statesync.server.heartbeat", it.heartbeat()),
                Checks.millis("statesync.server.send-time-limit", it.sendTimeLimit()),
                (int) Checks.size("statesync.server.send-buffer-size", it.sendBufferSize(), Integer.MAX_VALUE)
                        .toBytes());
    }
}
