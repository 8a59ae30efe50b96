package io.statesync.spring.mutation;

import io.statesync.policy.NonRetriableException;

/** A backend refused a transaction: no further attempt will help. */
public final class HttpRefusedException extends NonRetriableException {

    private static final long serialVersionUID = 1L;

    private final int status;

    HttpRefusedException(int status) {
        super("the backend refused the transaction with " + status);
        this.status = status;
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }

    /** Whether the backend's rows are not those that the transaction was made on (409 or 412): look, and resubmit. */
    public boolean isConflict() {
        return status == 409 || status == 412;
    }
}
