package io.statesync.test.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A step of a schedule. It can be played in any state, so that a schedule from which steps are taken away is a schedule.
 *
 * @param at when, in milliseconds from the beginning
 * @param kind what happens
 * @param seed to whom, how, and for how long
 */
record Step(int at, Kind kind, long seed) {

    enum Kind {
        CHANGE(12),
        MUTATE(10),
        OLD_EVENT(2),
        EVENTS_SUFFER(3),
        LINK_LOST(3),
        FETCHES_SUFFER(4),
        STALE_ANSWERS(1),
        APPLIES_SUFFER(3),
        RECORDS_SUFFER(3),
        CLEAR(1),
        REPLICA_CRASHES(3),
        REPLICA_STOPS(2),
        SOURCE_CRASHES(2),
        SOURCE_CUT(2),
        CLOCK_JUMPS(1),
        BACKEND_SUFFERS(3),
        DISK_SUFFERS(2),
        REFRESH(2),
        AWAIT(1),
        CANCEL(1);

        final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    /** When the last step may be, and all faults end. */
    static final int FAULTS_END = 60_000;

    private static final Kind[] WEIGHTED = Arrays.stream(Kind.values())
            .flatMap(kind -> Collections.nCopies(kind.weight, kind).stream())
            .toArray(Kind[]::new);

    /** The schedule of that seed, 30 to 60 steps. */
    static List<Step> schedule(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int length = 30 + random.nextInt(31);
        List<Step> steps = new ArrayList<>(length);
        // some schedules happen all at once
        int span = random.nextInt(3) == 0 ? FAULTS_END / 10 : FAULTS_END;
        for (int i = 0; i < length; i++) {
            steps.add(new Step(random.nextInt(span), WEIGHTED[random.nextInt(WEIGHTED.length)], random.nextLong()));
        }
        steps.sort(Comparator.comparingInt(Step::at));
        return steps;
    }

    @Override
    public String toString() {
        return at + "ms " + kind + "/" + Long.toHexString(seed);
    }
}
