package io.statesync.mutation;

/** The process ended during the transaction's attempts, too often in a row (MU-D7): it may be what ended it. */
public final class InterruptedTooOftenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InterruptedTooOftenException(String transactionId, int times) {
        super("transaction " + transactionId + ": the process ended during its last " + times
                + " attempts; it is not tried again by itself");
    }
}
