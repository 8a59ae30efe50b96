package io.statesync.test.mutation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plays a history; one that fails is made as short as it can be by taking steps away. */
final class Shrinking {

    private Shrinking() {}

    /** How it fails; null if it does not. */
    static @Nullable Throwable failure(List<Step> steps) {
        try {
            RandomHistory.play(steps);
            return null;
        } catch (RuntimeException | AssertionError failure) {
            return failure;
        }
    }

    /** The shortest history that still fails, as far as single steps can tell. */
    static List<Step> shrink(List<Step> failing) {
        List<Step> steps = new ArrayList<>(failing);
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (int i = steps.size() - 1; i >= 0; i--) {
                Step taken = steps.remove(i);
                if (failure(steps) == null) {
                    steps.add(i, taken);
                } else {
                    shorter = true;
                }
            }
        }
        return steps;
    }
}
