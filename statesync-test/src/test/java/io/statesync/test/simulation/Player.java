package io.statesync.test.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plays schedules; one that fails is made as short as it can be by taking steps away. */
final class Player {

    private Player() {}

    /** How the schedule of this seed fails; null if it does not. Called by name for broken products. */
    static @Nullable String fails(long seed) {
        Throwable failure = failure(seed, Step.schedule(seed));
        return failure == null ? null : failure.toString();
    }

    /** Plays the schedule of this seed. */
    static void play(long seed) {
        List<Step> steps = Step.schedule(seed);
        Throwable failure = failure(seed, steps);
        if (failure != null) {
            List<Step> fewer = shrink(seed, steps);
            throw new AssertionError(
                    "seed " + seed + " (again by -Dstatesync.simulation.seed=" + seed
                            + " -Dstatesync.simulation.schedules=1): " + failure.getMessage() + "; shrunk from "
                            + steps.size() + " steps to " + fewer + ": " + failure(seed, fewer),
                    failure);
        }
    }

    /** How it fails; null if it does not. */
    static @Nullable Throwable failure(long seed, List<Step> steps) {
        try {
            new World(seed).play(steps);
            return null;
        } catch (RuntimeException | AssertionError failure) {
            return failure;
        } finally {
            // an interrupt that was meant for a call of the schedule
            Thread.interrupted();
        }
    }

    private static List<Step> shrink(long seed, List<Step> failing) {
        List<Step> steps = new ArrayList<>(failing);
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (int i = steps.size() - 1; i >= 0; i--) {
                Step taken = steps.remove(i);
                if (failure(seed, steps) == null) {
                    steps.add(i, taken);
                } else {
                    shorter = true;
                }
            }
        }
        return steps;
    }
}
