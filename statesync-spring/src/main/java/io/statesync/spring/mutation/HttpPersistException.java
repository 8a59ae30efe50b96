package io.statesync.spring.mutation;

import io.statesync.policy.RetryAfter;
import java.time.Duration;

/** A backend did not take a transaction now; another attempt may help, not before the time that it named. */
public final class HttpPersistException extends RuntimeException implements RetryAfter {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final Duration retryAfter;

    HttpPersistException(int status, Duration retryAfter) {
        super("the backend answered with " + status
                + (retryAfter.isZero() ? "" : ", to come again in " + retryAfter.toSeconds() + " s"));
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
