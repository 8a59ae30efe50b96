package io.statesync.mutation;

import io.statesync.mutation.store.TransactionState;
import org.jspecify.annotations.Nullable;

/** What happens to a transaction, and where it leads: the state machine (MUTATIONS 1.11). */
enum Transition {
    /** It took in a later one while it waited (A17). */
    COALESCED,
    /** The last transaction that it waited for is completed. */
    UNBLOCKED,
    /** A transaction that it waited for failed. */
    BLOCKER_FAILED,
    /** Somebody took it back. */
    CANCELLED,
    /** Its first attempt of this life begins. */
    STARTED,
    /** An attempt failed, and another one follows. */
    RETRIED,
    /** An attempt failed, and no other follows. */
    GAVE_UP,
    /** An attempt succeeded, and sync is to confirm it. */
    ACCEPTED,
    /** An attempt succeeded, and there is nothing to await. */
    DONE,
    /** Sync confirmed it. */
    CONFIRMED,
    /** Sync did not confirm it; it is completed all the same. */
    UNCONFIRMED,
    /** Sync did not confirm it, and that is held against it. */
    UNCONFIRMED_FAILED,
    /** The process began anew. */
    RESTARTED,
    /** The process ended too often during its attempts. */
    INTERRUPTED;

    /**
     * The state after it; a terminal one stays (MU-T1).
     *
     * @throws IllegalTransitionException if the table has no such transition
     */
    TransactionState from(TransactionState state) {
        TransactionState next = state.active() ? next(state) : state;
        if (next == null) {
            throw new IllegalTransitionException("no transition " + this + " from " + state);
        }
        return next;
    }

    private @Nullable TransactionState next(TransactionState state) {
        return switch (state) {
            case QUEUED ->
                switch (this) {
                    case UNBLOCKED -> TransactionState.PENDING;
                    case BLOCKER_FAILED, CANCELLED -> TransactionState.FAILED;
                    case RESTARTED, COALESCED -> TransactionState.QUEUED;
                    default -> null;
                };
            case PENDING ->
                switch (this) {
                    case STARTED -> TransactionState.PERSISTING;
                    case CANCELLED, INTERRUPTED -> TransactionState.FAILED;
                    case RESTARTED -> TransactionState.PENDING;
                    default -> null;
                };
            case PERSISTING ->
                switch (this) {
                    case RETRIED -> TransactionState.PERSISTING;
                    case GAVE_UP, CANCELLED -> TransactionState.FAILED;
                    case ACCEPTED -> TransactionState.PERSISTED_AWAITING_SYNC;
                    case DONE -> TransactionState.COMPLETED;
                    case RESTARTED -> TransactionState.PENDING;
                    default -> null;
                };
            case PERSISTED_AWAITING_SYNC ->
                switch (this) {
                    case CONFIRMED, UNCONFIRMED, RESTARTED -> TransactionState.COMPLETED;
                    case UNCONFIRMED_FAILED -> TransactionState.FAILED;
                    default -> null;
                };
            case COMPLETED, FAILED -> state;
        };
    }
}
