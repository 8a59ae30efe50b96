package io.statesync.mutation;

import java.util.List;

/** All attempts failed. The cause is the last error, whose message it has; the earlier ones are suppressed. */
public final class AttemptsExhaustedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int attempts;

    AttemptsExhaustedException(int attempts, Throwable last, List<Throwable> earlier) {
        super(last.getMessage() == null ? last.toString() : last.getMessage(), last);
        this.attempts = attempts;
        earlier.forEach(this::addSuppressed);
    }

    /** How many there were. */
    public int attempts() {
        return attempts;
    }
}
