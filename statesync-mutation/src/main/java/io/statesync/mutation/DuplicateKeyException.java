package io.statesync.mutation;

/** A row is inserted whose key is visible already (MU-M4). The message names what to do. */
public final class DuplicateKeyException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    DuplicateKeyException(String message) {
        super(message);
    }
}
