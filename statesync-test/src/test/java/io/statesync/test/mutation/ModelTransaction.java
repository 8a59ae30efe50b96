package io.statesync.test.mutation;

import io.statesync.mutation.Coalescing;
import io.statesync.mutation.store.TransactionState;
import io.statesync.test.mutation.Item.Edit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A transaction as the model has it. */
final class ModelTransaction {

    final String id;
    final boolean ordered;
    final boolean merging;
    final @Nullable String lane;
    final List<Edit> created;
    List<Edit> edits;

    /** Where it was made; how it takes in others, and goes into others; null: not at all. */
    @Nullable
    String home;

    @Nullable
    Coalescing coalescing;

    TransactionState state = TransactionState.PENDING;
    int attempts;
    int interrupted;
    int interruptedInARow;

    /** Wants an attempt; has a place for one; waits for its answer; its last one has no end in the log. */
    boolean ready;

    boolean reserved;
    boolean calling;
    boolean open;

    /** The one timer that counts. */
    long timer;

    /** Its place among those that await sync, and among those that wait for an answer. */
    long awaiting;

    long called;

    /** Its mutation function says when sync has it; has not said so yet. */
    boolean own;

    boolean ownDue;

    Map<String, Long> revisions = Map.of();

    boolean confirmed;

    @Nullable
    String root;

    ModelTransaction(String id, boolean ordered, boolean merging, @Nullable String lane, List<Edit> edits) {
        this.id = id;
        this.ordered = ordered;
        this.merging = merging;
        this.lane = lane;
        this.created = edits;
        this.edits = edits;
    }

    /** The same, as it was created. */
    ModelTransaction anew() {
        return new ModelTransaction(id, ordered, merging, lane, created);
    }

    /** Goes into others, and takes others in. */
    ModelTransaction coalescing(String its, @Nullable Coalescing how) {
        home = its;
        coalescing = how;
        return this;
    }

    boolean active() {
        return state.active();
    }

    boolean locks() {
        return ordered && (state == TransactionState.PERSISTING || state == TransactionState.PERSISTED_AWAITING_SYNC);
    }

    boolean touches(String collection, String key) {
        for (Edit edit : edits) {
            if (edit.key().equals(key) && edit.collection().equals(collection)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the two has to wait for the other. */
    boolean meets(ModelTransaction other) {
        if (!ordered || !other.ordered) {
            return false;
        }
        if (lane != null && lane.equals(other.lane)) {
            return true;
        }
        for (Edit edit : edits) {
            if (other.touches(edit.collection(), edit.key())) {
                return true;
            }
        }
        return false;
    }
}
