package io.statesync.test.simulation;

import io.statesync.policy.Backoff;
import io.statesync.policy.Throttling;
import java.time.Duration;
import java.util.SplittableRandom;

/** How often things may happen in one life of a replica: as a seed likes it, within what the bound allows for. */
record Rhythms(SplittableRandom random) {

    Backoff backoff() {
        return Backoff.of(Duration.ofMillis(200), World.BACKOFF).withJitter(random::nextDouble);
    }

    Throttling ofFetches() {
        return switch (random.nextInt(4)) {
            case 0 -> Throttling.debounce(Duration.ofMillis(50));
            case 1 -> Throttling.throttle(Duration.ofMillis(500));
            default -> Throttling.NONE;
        };
    }

    Throttling ofSaves() {
        return random.nextBoolean() ? Throttling.NONE : Throttling.throttle(Duration.ofSeconds(2));
    }
}
