package io.statesync.autoconfigure.actuate;

import io.statesync.InvalidationOutcome;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts how often a probe found a revision whose event was lost. An event that a filter did not want was not lost, and one
 * that is merely slower than the probe comes within a few seconds; so a repair counts only after that time. Nothing waits
 * for it: it is settled when somebody looks. Safe for use by any thread.
 */
final class ProbeRepairs {

    /** How late an event may be. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What waits is bounded, also where the source is asked many times a second. */
    private static final int MOST_WAITING = 100;

    private final Scheduler scheduler;

    /** The newest revision that a filter did not want; written and read by whatever thread brings events. */
    private volatile long filtered;
    /** The revision of the last event; written and read as that. */
    private volatile long last;
    /** Written under the lock; without it a stale event costs one volatile read. */
    private volatile boolean anyWaiting;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private final Deque<Repair> waiting = new ArrayDeque<>();
    private long lost;

    ProbeRepairs(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** A round applied this revision, of which only a probe had told. */
    void repaired(long revision) {
        if (Long.compareUnsigned(revision, filtered) <= 0 || revision == last) {
            // the event may have come after the apply, and before the round was reported
            return;
        }
        lock.lock();
        try {
            if (waiting.size() == MOST_WAITING) {
                waiting.removeFirst();
                lost++;
            }
            waiting.addLast(new Repair(revision, scheduler.now()));
            anyWaiting = true;
        } finally {
            lock.unlock();
        }
    }

    /** An event has come, early or late. */
    void arrived(long revision, InvalidationOutcome outcome) {
        last = revision;
        if (outcome == InvalidationOutcome.FILTERED && Long.compareUnsigned(revision, filtered) > 0) {
            filtered = revision;
        }
        if (!anyWaiting) {
            return;
        }
        lock.lock();
        try {
            settle();
            waiting.removeIf(it -> it.revision() == revision);
            anyWaiting = !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** How many events were lost. */
    long count() {
        lock.lock();
        try {
            settle();
            anyWaiting = !waiting.isEmpty();
            return lost;
        } finally {
            lock.unlock();
        }
    }

    private void settle() {
        long now = scheduler.now();
        while (!waiting.isEmpty() && now - waiting.getFirst().at() >= PATIENCE.toNanos()) {
            waiting.removeFirst();
            lost++;
        }
    }

    private record Repair(long revision, long at) {}
}
