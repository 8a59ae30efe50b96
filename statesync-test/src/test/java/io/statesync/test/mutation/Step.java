package io.statesync.test.mutation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A step of a history. It can be played in any state, so that a history from which steps are taken away is a history.
 *
 * @param kind what is done
 * @param seed to whom and how
 */
record Step(Kind kind, long seed) {

    enum Kind {
        MUTATE(8),
        RUN(4),
        SNAPSHOT(2),
        DELTA(3),
        ANSWER(7),
        ADVANCE(3),
        CANCEL(1),
        CRASH(1),
        END(1);

        final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    private static final int WEIGHTS =
            Arrays.stream(Kind.values()).mapToInt(kind -> kind.weight).sum();

    /** The history of that seed. */
    static List<Step> history(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Step> steps = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            steps.add(new Step(kind(random.nextInt(WEIGHTS)), random.nextLong()));
        }
        return steps;
    }

    private static Kind kind(int place) {
        int left = place;
        for (Kind kind : Kind.values()) {
            left -= kind.weight;
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalArgumentException("the weights do not add up to more than " + place);
    }
}
