package io.statesync.policy;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when to repeat a failed call at once (E14). Immutable.
 *
 * @param maxAttempts how often to try, the first attempt included; at least 1
 * @param backoff how long to wait between two attempts
 * @param retryOn which errors are worth another attempt
 */
public record RetryPolicy(int maxAttempts, Backoff backoff, Predicate<? super Throwable> retryOn) {

    /** Three attempts, 100 ms doubling to 2 s, full jitter, any error. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(3, Backoff.of(Duration.ofMillis(100), Duration.ofSeconds(2)), error -> true);

    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException(
                    "maxAttempts of a retry policy counts the first attempt: it must be at least 1, got "
                            + maxAttempts);
        }
    }

    /** The same policy with another number of attempts. */
    public RetryPolicy withMaxAttempts(int attempts) {
        return new RetryPolicy(attempts, backoff, retryOn);
    }

    /** The same policy with other delays. */
    public RetryPolicy withBackoff(Backoff newBackoff) {
        return new RetryPolicy(maxAttempts, newBackoff, retryOn);
    }

    /** The same policy with another source of jitter. */
    public RetryPolicy withJitter(DoubleSupplier jitter) {
        return withBackoff(backoff.withJitter(jitter));
    }

    /** The same policy for other errors. */
    public RetryPolicy retryOn(Predicate<? super Throwable> predicate) {
        return new RetryPolicy(maxAttempts, backoff, predicate);
    }

    /**
     * The delay before the next attempt, or null if there is none.
     *
     * @param attempt the attempt that failed, from 1
     */
    public @Nullable Duration delayAfter(int attempt, Throwable error) {
        boolean over = attempt >= maxAttempts || error instanceof NonRetriableException;
        if (over || error instanceof InterruptedException || !retryOn.test(error)) {
            return null;
        }
        return RetryAfter.atLeast(backoff.delay(attempt), error);
    }
}
