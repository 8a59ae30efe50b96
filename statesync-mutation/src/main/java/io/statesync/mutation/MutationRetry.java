package io.statesync.mutation;

import io.statesync.policy.Durations;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How often and when a transaction is tried again (MU-R4, MU-R7). Immutable.
 *
 * @param maxAttempts how often to try, the first attempt included
 * @param initial the delay before the first retry
 * @param multiplier by which it grows
 * @param max the largest delay, without jitter
 * @param jitter the largest share of the delay that is added to it
 * @param classifier which failures are worth it
 * @param random gives the share of the jitter, 0 to 1
 */
public record MutationRetry(
        int maxAttempts,
        Duration initial,
        double multiplier,
        Duration max,
        double jitter,
        ErrorClassifier classifier,
        DoubleSupplier random) {

    /** Five attempts; 1 s, doubling to 30 s, up to 30 % longer; everything but what says that it is not retriable. */
    public static final MutationRetry DEFAULT = new MutationRetry(
            5,
            Duration.ofSeconds(1),
            2,
            Duration.ofSeconds(30),
            0.3,
            DefaultClassifier.INSTANCE,
            () -> ThreadLocalRandom.current().nextDouble());

    public MutationRetry {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException(
                    "maxAttempts of a mutation retry counts the first attempt: it must be at least 1, got "
                            + maxAttempts);
        }
        Durations.notNegative("the initial delay of a mutation retry", initial);
        Durations.notNegative("the largest delay of a mutation retry", max);
        if (!(multiplier >= 1)) {
            throw new IllegalArgumentException(
                    "the multiplier of a mutation retry must be at least 1, got " + multiplier);
        }
        if (!(jitter >= 0)) {
            throw new IllegalArgumentException("the jitter of a mutation retry must not be negative, got " + jitter);
        }
    }

    /** The same with another number of attempts. */
    public MutationRetry withMaxAttempts(int attempts) {
        return new MutationRetry(attempts, initial, multiplier, max, jitter, classifier, random);
    }

    /** The same with other delays. */
    public MutationRetry withDelays(Duration first, double growth, Duration largest) {
        return new MutationRetry(maxAttempts, first, growth, largest, jitter, classifier, random);
    }

    /** The same with another jitter. */
    public MutationRetry withJitter(double share, DoubleSupplier newRandom) {
        return new MutationRetry(maxAttempts, initial, multiplier, max, share, classifier, newRandom);
    }

    /** The same for other errors. */
    public MutationRetry withClassifier(ErrorClassifier newClassifier) {
        return new MutationRetry(maxAttempts, initial, multiplier, max, jitter, newClassifier, random);
    }

    /** The delay before this retry, from 1. */
    public Duration delay(int retry) {
        double nanos =
                Math.min(Durations.nanos(initial) * Math.pow(multiplier, Math.max(0, retry - 1)), Durations.nanos(max));
        return Duration.ofNanos((long) (nanos * (1 + jitter * Math.min(1, Math.max(0, random.getAsDouble())))));
    }
}
