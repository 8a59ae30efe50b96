package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.mutation.store.TransactionState;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The table of MUTATIONS 1.11, written a second time and walked completely. */
class TransitionTest {

    private static final Map<TransactionState, Map<Transition, TransactionState>> TABLE = Map.of(
            TransactionState.QUEUED,
            Map.of(
                    Transition.COALESCED, TransactionState.QUEUED,
                    Transition.UNBLOCKED, TransactionState.PENDING,
                    Transition.BLOCKER_FAILED, TransactionState.FAILED,
                    Transition.CANCELLED, TransactionState.FAILED,
                    Transition.RESTARTED, TransactionState.QUEUED),
            TransactionState.PENDING,
            Map.of(
                    Transition.STARTED, TransactionState.PERSISTING,
                    Transition.CANCELLED, TransactionState.FAILED,
                    Transition.INTERRUPTED, TransactionState.FAILED,
                    Transition.RESTARTED, TransactionState.PENDING),
            TransactionState.PERSISTING,
            Map.of(
                    Transition.RETRIED, TransactionState.PERSISTING,
                    Transition.GAVE_UP, TransactionState.FAILED,
                    Transition.CANCELLED, TransactionState.FAILED,
                    Transition.ACCEPTED, TransactionState.PERSISTED_AWAITING_SYNC,
                    Transition.DONE, TransactionState.COMPLETED,
                    Transition.RESTARTED, TransactionState.PENDING),
            TransactionState.PERSISTED_AWAITING_SYNC,
            Map.of(
                    Transition.CONFIRMED, TransactionState.COMPLETED,
                    Transition.UNCONFIRMED, TransactionState.COMPLETED,
                    Transition.UNCONFIRMED_FAILED, TransactionState.FAILED,
                    Transition.RESTARTED, TransactionState.COMPLETED),
            TransactionState.COMPLETED,
            all(TransactionState.COMPLETED),
            TransactionState.FAILED,
            all(TransactionState.FAILED));

    private static Map<Transition, TransactionState> all(TransactionState state) {
        Map<Transition, TransactionState> all = new EnumMap<>(Transition.class);
        for (Transition transition : Transition.values()) {
            all.put(transition, state);
        }
        return all;
    }

    @Test
    @DisplayName("MU-T1: each state answers each event as the table says, and terminal states absorb all")
    void theTableIsWalkedCompletely() {
        for (TransactionState state : TransactionState.values()) {
            for (Transition transition : Transition.values()) {
                TransactionState next = TABLE.get(state).get(transition);
                if (next == null) {
                    assertThatThrownBy(() -> transition.from(state))
                            .as("%s in %s", transition, state)
                            .isInstanceOf(IllegalTransitionException.class);
                } else {
                    assertThat(transition.from(state))
                            .as("%s in %s", transition, state)
                            .isEqualTo(next);
                }
            }
        }
    }
}
