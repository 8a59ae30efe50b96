package io.statesync.mutation;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes transactions to a backend. Called on an executor's thread, several at a time, never under a lock. */
@FunctionalInterface
public interface MutationFn {

    /**
     * Writes the whole transaction, all or nothing (MU-T4). May be called again after a failure, a time-out or a restart:
     * then with the same {@link PersistContext#idempotencyKey}. Never called again once it succeeded (MU-S4).
     *
     * @return completes with what the backend said
     * @throws io.statesync.policy.NonRetriableException if no further attempt will help, also as a cause (MU-R3); anything
     *     else is tried again
     */
    CompletionStage<PersistResult> persist(PersistContext context) throws Exception;

    /**
     * How to know that the effect has come back by sync. Called once after {@link #persist} succeeded; must not block.
     *
     * @return empty: there is nothing to await but the revision that {@code persist} returned
     */
    default Optional<CompletionStage<Void>> awaitSync(SyncContext context) {
        return Optional.empty();
    }

    /** One that blocks its thread while it writes. */
    static MutationFn blocking(Blocking work) {
        return context -> CompletableFuture.completedStage(work.persist(context));
    }

    /** See {@link #blocking}. */
    @FunctionalInterface
    interface Blocking {

        /** As {@link MutationFn#persist}, done on return. */
        PersistResult persist(PersistContext context) throws Exception;
    }
}
