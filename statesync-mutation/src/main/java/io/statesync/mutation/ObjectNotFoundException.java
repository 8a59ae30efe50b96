package io.statesync.mutation;

/** A row is changed or deleted that is not visible (MU-M5). The message names what to do. */
public final class ObjectNotFoundException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    ObjectNotFoundException(String message) {
        super(message);
    }
}
