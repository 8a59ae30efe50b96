package io.statesync.mutation;

/** The transaction was rolled back because one that it waited for failed (MU-O7); the cause is that one's error. */
public final class DependencyFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String transactionId;

    DependencyFailedException(String transactionId, Throwable cause) {
        super("rolled back with transaction " + transactionId + ", which failed: " + cause.getMessage(), cause);
        this.transactionId = transactionId;
    }

    /** The transaction that failed originally. */
    public String transactionId() {
        return transactionId;
    }
}
