package io.statesync.spring.http;

import io.statesync.policy.RetryAfter;
import java.time.Duration;

/** The source said when to come again ({@code Retry-After}). */
final class SourceBusyException extends HttpSourceException implements RetryAfter {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    SourceBusyException(String message, Duration retryAfter) {
        super(Kind.BUSY, message, null);
        this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
