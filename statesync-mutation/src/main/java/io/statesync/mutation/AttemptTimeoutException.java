package io.statesync.mutation;

import java.time.Duration;

/** An attempt took longer than it may; its outcome is unknown (MU-R9). */
public final class AttemptTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AttemptTimeoutException(String transactionId, Duration limit) {
        super("transaction " + transactionId + ": no answer within the attempt time-out of " + limit);
    }
}
