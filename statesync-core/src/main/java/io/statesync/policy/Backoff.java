package io.statesync.policy;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after the n-th failure in a row: exponential, with full jitter (a delay is anything between zero and
 * the cap of that attempt, so that many clients spread). Immutable.
 *
 * @param initial the cap after the first failure
 * @param max the largest cap
 * @param factor by which the cap grows, at least 1
 * @param jitter gives the share of the cap to wait, 0 to 1; any thread calls it, also under a lock: it must be quick; if it
 *     throws, the share is 1
 */
public record Backoff(Duration initial, Duration max, double factor, DoubleSupplier jitter) {

    /** 200 ms to 30 s, doubling: the catch-up of a topic that is behind (E5). */
    public static final Backoff CATCH_UP = of(Duration.ofMillis(200), Duration.ofSeconds(30));

    /** 100 ms to 10 s, doubling: the reconnect of a transport. */
    public static final Backoff RECONNECT = of(Duration.ofMillis(100), Duration.ofSeconds(10));

    public Backoff {
        Durations.notNegative("the initial delay of a back-off", initial);
        Durations.notNegative("the largest delay of a back-off", max);
        if (max.compareTo(initial) < 0) {
            throw new IllegalArgumentException(
                    "the largest delay of a back-off, " + max + ", must not be below its initial delay, " + initial);
        }
        if (!(factor >= 1)) {
            throw new IllegalArgumentException("the factor of a back-off must be at least 1, got " + factor);
        }
    }

    /** A back-off that doubles. */
    public static Backoff of(Duration initial, Duration max) {
        return new Backoff(initial, max, 2, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** The same back-off with another growth. */
    public Backoff withFactor(double newFactor) {
        return new Backoff(initial, max, newFactor, jitter);
    }

    /** The same back-off with another source of jitter. */
    public Backoff withJitter(DoubleSupplier newJitter) {
        return new Backoff(initial, max, factor, newJitter);
    }

    /** The largest delay after that many failures in a row, at least one. */
    public Duration cap(int failures) {
        double cap = Durations.nanos(initial) * Math.pow(factor, Math.max(0, failures - 1));
        return cap >= Durations.nanos(max) ? max : Duration.ofNanos((long) cap);
    }

    /** A delay after that many failures in a row: a random share of the {@link #cap}. */
    public Duration delay(int failures) {
        return Duration.ofNanos((long) (Durations.nanos(cap(failures)) * share()));
    }

    private double share() {
        try {
            return Math.min(1, Math.max(0, jitter.getAsDouble()));
        } catch (RuntimeException | Error thrown) {
            // foreign code, called under the locks of those who plan: a delay without jitter is better than none
            return 1;
        }
    }
}
