package io.statesync.sample;

/** The source will not write this transaction, however often it is sent. */
final class RefusedTransactionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedTransactionException(String message) {
        super(message);
    }
}
