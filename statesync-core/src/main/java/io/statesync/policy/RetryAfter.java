package io.statesync.policy;

import java.time.Duration;

/** Implemented by an error whose other side said when to come again, such as HTTP 503 with {@code Retry-After}. */
public interface RetryAfter {

    /** How long to wait, counted from when the error arose. */
    Duration retryAfter();

    /** The planned delay, or longer if the error asks for it. */
    static Duration atLeast(Duration planned, Throwable error) {
        if (error instanceof RetryAfter asked && asked.retryAfter().compareTo(planned) > 0) {
            return asked.retryAfter();
        }
        return planned;
    }
}
