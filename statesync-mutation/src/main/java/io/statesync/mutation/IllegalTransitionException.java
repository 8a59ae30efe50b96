package io.statesync.mutation;

/** A transition that is not in the table of MUTATIONS 1.11: a fault of the engine. */
public final class IllegalTransitionException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    IllegalTransitionException(String message) {
        super(message);
    }
}
