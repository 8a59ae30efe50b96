package io.statesync.test.mutation;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random histories of the engine and of the {@link Model}, with crashes at any record. More of them by
 * {@code -Dstatesync.mutation.histories=1000000}, one again by {@code -Dstatesync.mutation.seed=42}.
 */
class RandomHistoriesTest {

    private static final long HISTORIES = Long.getLong("statesync.mutation.histories", 100_000);
    private static final Long SEED = Long.getLong("statesync.mutation.seed");

    @Test
    @DisplayName(
            "MU-C6, MU-O2, MU-O3, MU-O7, MU-L1, MU-L3, MU-D3, MU-D4, MU-D5, MC-09: what is visible, what is locked, who queues,"
                    + " what is held and what is stored is what the model says, after each step and each crash")
    void histories() {
        long first = SEED == null ? 1 : SEED;
        long last = SEED == null ? HISTORIES : SEED;
        for (long seed = first; seed <= last; seed++) {
            play(seed);
        }
    }

    /** Called by name for broken engines, too. */
    static void play(long seed) {
        List<Step> steps = Step.history(seed, RandomHistory.LENGTH);
        Throwable failure = Shrinking.failure(steps);
        if (failure != null) {
            List<Step> fewer = Shrinking.shrink(steps);
            throw new AssertionError(
                    "seed " + seed + " (again by -Dstatesync.mutation.seed=" + seed + "), shrunk to " + fewer + ": "
                            + Shrinking.failure(fewer),
                    failure);
        }
    }
}
