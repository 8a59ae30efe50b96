package io.statesync.mutation;

/** A transaction was taken by the backend, and its effect did not come back by sync in time (MU-S6). */
public final class SyncTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SyncTimeoutException(String message) {
        super(message);
    }
}
