package io.statesync.mutation;

import io.statesync.mutation.store.TransactionState;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** The mutations of a transaction at a moment, made as they are asked for: a picture of a large one costs nothing. Immutable. */
final class MutationList extends AbstractList<PendingMutation> implements RandomAccess {

    private final String transactionId;
    private final List<Change> changes;
    private final Instant createdAt;
    private final Instant updatedAt;
    private final MutationState state;

    MutationList(
            String transactionId, List<Change> changes, Instant createdAt, Instant updatedAt, MutationState state) {
        this.transactionId = transactionId;
        this.changes = changes;
        this.createdAt = createdAt;
        this.updatedAt = updatedAt;
        this.state = state;
    }

    /** How far the mutations of such a transaction are (MU-M9); of a failed one they stay where they were. */
    static MutationState state(TransactionState state, boolean attempted) {
        return switch (state) {
            case QUEUED, PENDING -> MutationState.CREATED;
            case PERSISTING, PERSISTED_AWAITING_SYNC -> MutationState.PERSISTING;
            case COMPLETED -> MutationState.SYNCED;
            case FAILED -> attempted ? MutationState.PERSISTING : MutationState.CREATED;
        };
    }

    @Override
    public PendingMutation get(int index) {
        Change change = changes.get(index);
        return new PendingMutation(
                transactionId + "." + (index + 1),
                change.ref,
                change.type,
                change.original,
                change.modified,
                change.changes,
                change.metadata,
                createdAt,
                updatedAt,
                state);
    }

    @Override
    public int size() {
        return changes.size();
    }
}
