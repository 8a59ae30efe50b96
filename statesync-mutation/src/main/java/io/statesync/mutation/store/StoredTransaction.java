package io.statesync.mutation.store;

import io.statesync.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as it is stored: what follows from its {@link StoreEvent}s in order. Immutable.
 *
 * @param id unique for ever
 * @param sequence its place in the order of creation, over restarts too (M10)
 * @param idempotencyKey equal for all attempts and over restarts (T5)
 * @param collection the collection through which it was made, whose mutation functions serve it
 * @param mutationFn the name of its mutation function
 * @param strategy whether it queues
 * @param lanes what it queues on, beside its rows
 * @param state as far as it was stored: a transaction that was created {@code QUEUED} stays so until its first attempt
 * @param createdAt never changes
 * @param updatedAt never decreases
 * @param mutations in the order in which they were made, at most one per row; others where it waited and took in one more
 * @param attempts in order; the last may be open
 * @param error why it failed
 * @param revisions what the mutation function returned, by topic
 * @param syncConfirmed whether it was completed by sync
 */
public record StoredTransaction(
        String id,
        long sequence,
        String idempotencyKey,
        String collection,
        String mutationFn,
        StrategyType strategy,
        Set<String> lanes,
        TransactionState state,
        Instant createdAt,
        Instant updatedAt,
        List<StoredMutation> mutations,
        List<StoredAttempt> attempts,
        @Nullable StoredError error,
        Map<String, Revision> revisions,
        boolean syncConfirmed) {

    public StoredTransaction {
        lanes = Set.copyOf(lanes);
        mutations = List.copyOf(mutations);
        attempts = List.copyOf(attempts);
        revisions = Map.copyOf(revisions);
    }

    /** The same transaction, doing this instead. */
    public StoredTransaction with(List<StoredMutation> newMutations, Instant at) {
        return new StoredTransaction(
                id,
                sequence,
                idempotencyKey,
                collection,
                mutationFn,
                strategy,
                lanes,
                state,
                createdAt,
                at.isAfter(updatedAt) ? at : updatedAt,
                newMutations,
                attempts,
                error,
                revisions,
                syncConfirmed);
    }

    /** The same transaction after an attempt was begun, or closed. */
    public StoredTransaction with(StoredAttempt attempt, Instant at) {
        List<StoredAttempt> all = attempts.isEmpty() ? List.of(attempt) : replaced(attempt);
        return copy(TransactionState.PERSISTING, at, all, error, revisions, syncConfirmed);
    }

    private List<StoredAttempt> replaced(StoredAttempt attempt) {
        List<StoredAttempt> all = new ArrayList<>(attempts);
        all.removeIf(known -> known.id().equals(attempt.id()));
        all.add(attempt);
        return all;
    }

    /** The same transaction after its mutation function succeeded. */
    public StoredTransaction persisted(StoredAttempt attempt, Map<String, Revision> returned, Instant at) {
        StoredTransaction closed = with(attempt, at);
        return closed.copy(
                TransactionState.PERSISTED_AWAITING_SYNC, at, closed.attempts, error, returned, syncConfirmed);
    }

    /** The same transaction, completed. */
    public StoredTransaction completed(boolean confirmed, Instant at) {
        return copy(TransactionState.COMPLETED, at, attempts, error, revisions, confirmed);
    }

    /** The same transaction, failed. */
    public StoredTransaction failed(StoredError why, Instant at) {
        return copy(TransactionState.FAILED, at, attempts, why, revisions, syncConfirmed);
    }

    private StoredTransaction copy(
            TransactionState newState,
            Instant at,
            List<StoredAttempt> newAttempts,
            @Nullable StoredError newError,
            Map<String, Revision> newRevisions,
            boolean confirmed) {
        return new StoredTransaction(
                id,
                sequence,
                idempotencyKey,
                collection,
                mutationFn,
                strategy,
                lanes,
                newState,
                createdAt,
                at.isAfter(updatedAt) ? at : updatedAt,
                mutations,
                newAttempts,
                newError,
                newRevisions,
                confirmed);
    }
}
