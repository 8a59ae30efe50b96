package io.statesync.mutation;

/** A collection without a mutation function is read-only (MU-M12). The message names what to do. */
public final class MissingMutationFnException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    MissingMutationFnException(String message) {
        super(message);
    }
}
