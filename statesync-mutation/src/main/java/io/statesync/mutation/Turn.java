package io.statesync.mutation;

import io.statesync.SyncErrorContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One step of the engine: what it changes is published once, at its end, and what it asks for is done after the unlock.
 * Used under the engine's lock, by the thread that holds it.
 */
final class Turn {

    private final List<Runnable> effects = new ArrayList<>(4);
    private Set<Rows> touched = Set.of();
    private List<SyncErrorContext> reports = List.of();

    /** Does this after the unlock, on the thread that made the step. Never throws. */
    void after(Runnable effect) {
        effects.add(effect);
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
        if (touched.isEmpty()) {
            touched = new LinkedHashSet<>(2);
        }
        touched.add(rows);
    }

    Set<Rows> touched() {
        return touched;
    }

    void runEffects() {
        for (int i = 0; i < effects.size(); i++) {
            effects.get(i).run();
        }
    }
}
