package io.statesync.mutation.store;

import io.statesync.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A step of a transaction, as the engine appends it. Immutable. What must be on disk before what is in MUTATIONS 5; a
 * transition that follows from another one ({@code QUEUED} to {@code PENDING}) is not stored, recovery computes it.
 */
public sealed interface StoreEvent {

    /** When it happened. */
    Instant at();

    /** The whole transaction, in state {@code QUEUED} or {@code PENDING}, without attempts. */
    record Created(StoredTransaction transaction) implements StoreEvent {

        @Override
        public Instant at() {
            return transaction.createdAt();
        }
    }

    /** A transaction that waits does this now instead (A17); it was not sent yet. */
    record Coalesced(String transactionId, List<StoredMutation> mutations, Instant at) implements StoreEvent {

        public Coalesced {
            mutations = List.copyOf(mutations);
        }
    }

    /** A call of the mutation function is about to begin: durable before it does. */
    record AttemptStarted(String transactionId, StoredAttempt attempt) implements StoreEvent {

        @Override
        public Instant at() {
            return attempt.startedAt();
        }
    }

    /** A call of the mutation function failed, or was interrupted; the attempt comes closed. */
    record AttemptFailed(String transactionId, StoredAttempt attempt, Instant at) implements StoreEvent {}

    /**
     * The mutation function succeeded (S4); the attempt comes closed.
     *
     * @param rewritten what it and others do from now on, where the backend gave rows another key: one record, all of it or
     *     nothing
     */
    record Persisted(
            String transactionId,
            StoredAttempt attempt,
            Map<String, Revision> revisions,
            Instant at,
            List<Rewritten> rewritten)
            implements StoreEvent {

        public Persisted {
            revisions = Map.copyOf(revisions);
            rewritten = List.copyOf(rewritten);
        }

        /** One that gave no row another key. */
        public Persisted(String transactionId, StoredAttempt attempt, Map<String, Revision> revisions, Instant at) {
            this(transactionId, attempt, revisions, at, List.of());
        }
    }

    /** What a transaction does from now on, because rows that it is about got another key. */
    record Rewritten(String transactionId, List<StoredMutation> mutations) {

        public Rewritten {
            mutations = List.copyOf(mutations);
        }
    }

    /** The transaction is done. */
    record Completed(String transactionId, boolean syncConfirmed, Instant at) implements StoreEvent {}

    /**
     * A transaction failed, and with it those that waited for it (O7): one record, all of it or nothing.
     *
     * @param root the one that failed, with its error
     * @param dependents the others, each with the root's id in its error
     */
    record Failed(Failure root, List<Failure> dependents, Instant at) implements StoreEvent {

        public Failed {
            dependents = List.copyOf(dependents);
        }
    }

    /** A transaction that failed and why. */
    record Failure(String transactionId, StoredError error) {}
}
