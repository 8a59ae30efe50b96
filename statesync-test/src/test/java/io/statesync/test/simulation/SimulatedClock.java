package io.statesync.test.simulation;

import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The one line of events of a simulated system. Everything runs on the caller's thread, in the order of time; code that
 * blocks lets the events go on from inside, until its own time has come.
 */
final class SimulatedClock {

    private static final int DEEPEST = 10;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Runnable afterEach;
    private long now;
    private long order;
    private int depth;
    private long jump;
    private boolean jumpedBack;

    SimulatedClock(Runnable afterEach) {
        this.afterEach = afterEach;
    }

    long now() {
        return now;
    }

    /** Milliseconds since the epoch, as the machines believe. */
    long wallMillis() {
        return 1_700_000_000_000L + now / 1_000_000 + jump;
    }

    void jump(long millis) {
        jump += millis;
        jumpedBack |= millis < 0;
    }

    /** Whether the machines ever believed in a time that was over. */
    boolean jumpedBack() {
        return jumpedBack;
    }

    /** Runs the task after so many nanoseconds; whose it is, is told when it interrupts. */
    Event after(long nanos, @Nullable Life owner, Runnable task) {
        Event event = new Event(now + Math.max(0, nanos), order++, owner, task);
        events.add(event);
        return event;
    }

    void runUntil(long end) {
        while (hasEventBefore(end)) {
            runNext();
        }
        now = Math.max(now, end);
    }

    /** The calling code blocks until then, or until it is released; the world goes on. */
    void blockUntil(long end, Life.Blocked blocked) {
        if (depth >= DEEPEST) {
            return;
        }
        depth++;
        try {
            while (!blocked.released() && hasEventBefore(end)) {
                runNext();
            }
            if (!blocked.released()) {
                now = Math.max(now, end);
            }
        } finally {
            depth--;
        }
    }

    private boolean hasEventBefore(long end) {
        Event next = events.peek();
        return next != null && next.at <= end;
    }

    private void runNext() {
        Event next = Objects.requireNonNull(events.poll());
        now = Math.max(now, next.at);
        if (next.cancelled || (next.owner != null && !next.owner.alive())) {
            return;
        }
        next.task.run();
        if (Thread.interrupted() && next.owner != null) {
            next.owner.interruptedBySelf();
        }
        afterEach.run();
    }

    static final class Event implements Comparable<Event> {

        private final long at;
        private final long order;
        private final @Nullable Life owner;
        private final Runnable task;
        private boolean cancelled;

        private Event(long at, long order, @Nullable Life owner, Runnable task) {
            this.at = at;
            this.order = order;
            this.owner = owner;
            this.task = task;
        }

        void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }
}
