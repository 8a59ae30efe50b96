package io.statesync.mutation;

import io.statesync.Revision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Who waits for which revision of a collection, the lowest first. Guarded by the engine's lock. */
final class Waiting {

    private final PriorityQueue<Waiter> waiters =
            new PriorityQueue<>(Comparator.comparing(Waiter::revision).thenComparingLong(Waiter::number));
    private long count;

    /** What is to be done, in the step that receives the revision (MU-S5). */
    Waiter add(Revision revision, Consumer<Turn> then) {
        Waiter waiter = new Waiter(revision, ++count, then);
        waiters.add(waiter);
        return waiter;
    }

    void remove(Waiter waiter) {
        waiters.remove(waiter);
    }

    /** Takes out those whose revision was received. */
    List<Waiter> reached(Revision received) {
        List<Waiter> reached = new ArrayList<>();
        for (Waiter first = waiters.peek(); first != null; first = waiters.peek()) {
            if (first.revision.isNewerThan(received)) {
                break;
            }
            reached.add(waiters.remove());
        }
        return reached;
    }

    /** One who waits; those of one revision come in the order in which they began to. */
    record Waiter(Revision revision, long number, Consumer<Turn> then) {}
}
