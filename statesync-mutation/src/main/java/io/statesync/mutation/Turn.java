package io.statesync.mutation;

import io.statesync.SyncErrorContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of the engine: what it changes is published once, at its end, and what it asks for is done after the unlock.
 * Used under the engine's lock, by the thread that holds it.
 */
final class Turn {

    private List<Runnable> effects = List.of();
    private List<Rows> touched = List.of();
    private List<SyncErrorContext> reports = List.of();
    private @Nullable Instant now;

    /** Does this after the unlock, on the thread that made the step. Never throws. */
    void after(Runnable effect) {
        effects = with(effects, effect);
    }

    /** Reports a failure after the unlock. */
    void report(SyncErrorContext context) {
        reports = reports.isEmpty() ? new ArrayList<>() : reports;
        reports.add(context);
    }

    List<SyncErrorContext> reports() {
        return reports;
    }

    /** These rows are to be composed anew, or published. */
    void touch(Rows rows) {
        for (int i = 0; i < touched.size(); i++) {
            if (touched.get(i) == rows) {
                return;
            }
        }
        touched = with(touched, rows);
    }

    /** The list with one more: most steps have one of each, which needs no list that can grow. */
    private static <E> List<E> with(List<E> list, E one) {
        if (list.isEmpty()) {
            return List.of(one);
        }
        List<E> more = list.size() == 1 ? new ArrayList<>(list) : list;
        more.add(one);
        return more;
    }

    List<Rows> touched() {
        return touched;
    }

    /** The date of all that the step does: the clock is asked once. */
    Instant now(InstantSource clock) {
        Instant moment = now;
        if (moment == null) {
            moment = clock.instant();
            now = moment;
        }
        return moment;
    }

    void runEffects() {
        for (int i = 0; i < effects.size(); i++) {
            effects.get(i).run();
        }
    }
}
