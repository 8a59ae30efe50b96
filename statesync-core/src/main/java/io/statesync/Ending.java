package io.statesync;

import org.jspecify.annotations.Nullable;

/** How a round ended. */
record Ending(
        RefreshOutcome outcome,
        @Nullable SyncPhase phase,
        @Nullable Throwable error,
        int attempt) {

    static Ending of(RefreshOutcome outcome) {
        return new Ending(outcome, null, null, 0);
    }

    static Ending of(SyncPhase phase, Throwable error, int attempt) {
        return new Ending(RefreshOutcome.FAILED, phase, error, attempt);
    }
}
