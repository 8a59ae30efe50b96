package io.statesync.autoconfigure.actuate;

import io.statesync.mutation.AttemptsExhaustedException;
import io.statesync.mutation.DependencyFailedException;
import io.statesync.mutation.InterruptedTooOftenException;
import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.TransactionError;
import java.util.concurrent.CancellationException;

/** Why a transaction failed, as a tag. */
final class FailureCause {

    private FailureCause() {}

    static String of(MutationTransaction failed) {
        TransactionError error = failed.error();
        if (error != null && error.transactionId() != null) {
            return "dependency";
        }
        Throwable thrown = error == null ? null : error.error();
        if (thrown instanceof DependencyFailedException) {
            return "dependency";
        }
        if (thrown instanceof CancellationException) {
            return "cancelled";
        }
        if (thrown instanceof AttemptsExhaustedException) {
            return "exhausted";
        }
        return thrown instanceof InterruptedTooOftenException ? "interrupted" : "refused";
    }
}
