package io.statesync;

import io.statesync.policy.Durations;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pauses of a probe: many replicas of one source shall not ask it in step.
 *
 * @param interval the pause in the middle
 * @param jitter from 0 to 1; what lies outside is cut, and if it throws it is 1
 */
record ProbeRhythm(Duration interval, DoubleSupplier jitter) {

    private static final Logger log = LoggerFactory.getLogger(RevisionProbe.class);
    private static final double SHARE = 0.2;

    /** The interval, give or take 20 %. */
    Duration regular() {
        return share(1 - SHARE + 2 * SHARE * chance());
    }

    /** What is added where the source has told all of them the same time: up to 20 % of the interval. */
    Duration spread() {
        return share(SHARE * chance());
    }

    private Duration share(double share) {
        return Duration.ofNanos((long) (Durations.nanos(interval) * share));
    }

    private double chance() {
        try {
            return Math.min(1, Math.max(0, jitter.getAsDouble()));
        } catch (RuntimeException | Error thrown) {
            log.debug("The jitter of a probe failed", thrown);
            return 1;
        }
    }
}
