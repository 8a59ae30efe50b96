package io.statesync.mutation;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** A transaction to be followed. Its stages cannot be completed by those who hold them; they complete on the callback executor. */
public interface TransactionHandle {

    /** The id of the transaction. */
    String id();

    /** The transaction as it is now. */
    MutationTransaction snapshot();

    /** Completes when the transaction survives the process; fails if the storage cannot have it (MU-D2). */
    CompletionStage<MutationTransaction> durable();

    /** Completes when the backend took it and that is durable; fails if it failed before. */
    CompletionStage<MutationTransaction> persisted();

    /** Completes when it is completed; fails if it failed, with the error of {@link MutationTransaction#error}. */
    CompletionStage<MutationTransaction> completed();

    /**
     * Takes it back, and those that wait for it, if no answer of a backend can be on its way (A18).
     *
     * @return whether it was taken back
     */
    boolean cancel();

    /**
     * Waits for its end, and returns it completed or failed. Not to be called on the callback executor.
     *
     * @throws TimeoutException if it takes longer
     */
    MutationTransaction await(Duration timeout) throws InterruptedException, TimeoutException;
}
