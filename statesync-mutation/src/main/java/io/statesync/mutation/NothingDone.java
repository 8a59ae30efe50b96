package io.statesync.mutation;

import io.statesync.mutation.store.TransactionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A handle on what came to nothing: completed at once, and nowhere recorded (MU-M7). Immutable. */
final class NothingDone implements TransactionHandle {

    private final MutationTransaction transaction;

    NothingDone(Draft.Made made, Instant now) {
        transaction = new MutationTransaction(
                made.id(),
                0,
                TransactionState.COMPLETED,
                now,
                now,
                List.of(),
                List.of(),
                0,
                null,
                Set.of(),
                null,
                made.strategy().type(),
                made.home().id,
                made.fnName(),
                made.id(),
                Map.of(),
                true);
    }

    @Override
    public String id() {
        return transaction.id();
    }

    @Override
    public MutationTransaction snapshot() {
        return transaction;
    }

    @Override
    public CompletionStage<MutationTransaction> durable() {
        return CompletableFuture.completedStage(transaction);
    }

    @Override
    public CompletionStage<MutationTransaction> persisted() {
        return CompletableFuture.completedStage(transaction);
    }

    @Override
    public CompletionStage<MutationTransaction> completed() {
        return CompletableFuture.completedStage(transaction);
    }

    @Override
    public boolean cancel() {
        return false;
    }

    @Override
    public MutationTransaction await(Duration timeout) {
        return transaction;
    }
}
