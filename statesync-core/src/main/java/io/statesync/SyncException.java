package io.statesync;

/** A blocking call on a sync failed. The message names the topic, the cause is what was thrown. */
public class SyncException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SyncException(String message, Throwable cause) {
        super(message, cause);
    }
}
