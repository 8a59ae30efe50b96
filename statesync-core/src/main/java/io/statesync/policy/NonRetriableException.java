package io.statesync.policy;

import org.jspecify.annotations.Nullable;

/** An error that no further attempt will mend: a retry policy ends at once. */
public class NonRetriableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NonRetriableException(String message) {
        super(message);
    }

    public NonRetriableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
