package io.statesync.mutation;

/** An error of a former life of the process: its class and message are known, its stack trace is not. */
public final class RestoredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;

    RestoredException(String type, String message) {
        super(message, null, false, false);
        this.type = type;
    }

    /** The name of the class that was thrown. */
    public String type() {
        return type;
    }
}
