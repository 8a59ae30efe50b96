package io.statesync.spring;

import org.jspecify.annotations.Nullable;

/** StateSync cannot work as it is set up. The message says what is wrong, {@link #action} what to write instead. */
public final class SetupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    public SetupException(String problem, String action) {
        this(problem, action, null);
    }

    public SetupException(String problem, String action, @Nullable Throwable cause) {
        super(problem, cause);
        this.action = action;
    }

    /** What mends it, as a sentence. */
    public String action() {
        return action;
    }
}
