package io.statesync.mutation;

import io.statesync.Revision;
import io.statesync.mutation.store.StrategyType;
import io.statesync.mutation.store.TransactionState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A transaction at a moment (MU-T2). Immutable, and taken without copying its mutations.
 *
 * @param id unique for ever
 * @param sequence its place in the order of creation, over restarts too (MU-M10)
 * @param state where it is
 * @param createdAt never changes
 * @param updatedAt never decreases, changes with each transition (MU-T3)
 * @param mutations at most one per row, in the order in which they were made
 * @param attempts its calls of the mutation function, in order
 * @param currentAttempt the number of the running or last attempt, 0 before the first (MU-R6)
 * @param queuedBehind the newest transaction that it waits for (MU-O3)
 * @param blockedBy the transactions that it waits for; each of them may wait for others
 * @param error why it failed
 * @param strategy whether it queues
 * @param collection the collection through which it was made
 * @param mutationFn the name of its mutation function
 * @param idempotencyKey equal for all attempts and over restarts (MU-T5)
 * @param persistedRevisions what the mutation function returned, by topic
 * @param syncConfirmed whether sync confirmed it; false too when it is not completed
 */
public record MutationTransaction(
        String id,
        long sequence,
        TransactionState state,
        Instant createdAt,
        Instant updatedAt,
        List<PendingMutation> mutations,
        List<Attempt> attempts,
        int currentAttempt,
        @Nullable String queuedBehind,
        Set<String> blockedBy,
        @Nullable TransactionError error,
        StrategyType strategy,
        String collection,
        String mutationFn,
        String idempotencyKey,
        Map<String, Revision> persistedRevisions,
        boolean syncConfirmed) {}
