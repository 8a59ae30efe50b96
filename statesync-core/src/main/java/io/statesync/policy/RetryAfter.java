package io.statesync.policy;

import java.time.Duration;

/** Implemented by an error whose other side said when to come again, such as HTTP 503 with {@code Retry-After}. */
public interface RetryAfter {

    /** How long to wait, counted from when the error arose. */
    Duration retryAfter();

    /** The planned delay, or longer if the error asks for it; what its method throws is added to it as suppressed. */
    static Duration atLeast(Duration planned, Throwable error) {
        if (!(error instanceof RetryAfter asked)) {
            return planned;
        }
        try {
            Duration wanted = asked.retryAfter();
            return wanted.compareTo(planned) > 0 ? wanted : planned;
        } catch (RuntimeException | Error thrown) {
            // foreign code, called under the locks of those who plan
            if (thrown != error) {
                error.addSuppressed(thrown);
            }
            return planned;
        }
    }
}
