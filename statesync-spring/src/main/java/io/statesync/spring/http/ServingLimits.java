package io.statesync.spring.http;

import io.statesync.policy.Durations;
import java.time.Duration;

/**
 * How much a {@link SnapshotRequestHandler} does at once.
 *
 * @param concurrent how many bodies are sent at once
 * @param waiting how many requests wait for that; the others are turned away at once
 * @param patience how long each of them waits before it is turned away
 */
public record ServingLimits(int concurrent, int waiting, Duration patience) {

    private static final int WAITING_PER_PLACE = 10;
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

    public ServingLimits {
        if (concurrent < 1) {
            throw new IllegalArgumentException(
                    "statesync.server.max-concurrent-snapshots must be at least 1, got " + concurrent);
        }
        if (waiting < 0) {
            throw new IllegalArgumentException(
                    "statesync.server.max-waiting-requests must not be negative, got " + waiting);
        }
        Durations.positive("statesync.server.max-wait", patience);
    }

    /** The defaults: ten times as many wait, for 5 s at most. */
    public static ServingLimits of(int concurrent) {
        return new ServingLimits(concurrent, waiting(concurrent), DEFAULT_PATIENCE);
    }

    /** How many wait unless it is said. */
    public static int waiting(int concurrent) {
        return (int) Math.min(Integer.MAX_VALUE, (long) concurrent * WAITING_PER_PLACE);
    }
}
