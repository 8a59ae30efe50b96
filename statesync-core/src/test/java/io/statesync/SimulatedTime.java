package io.statesync;

import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.PriorityQueue;

/** The clock of a simulation: timers run when it passes them, in order. */
final class SimulatedTime {

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long now = 1_000_000_000L;
    private int order;

    long now() {
        return now;
    }

    Timer schedule(Runnable task, Duration delay) {
        Timer timer = new Timer(now + delay.toNanos(), order++, task);
        timers.add(timer);
        return timer;
    }

    void pass(Duration time) {
        long until = now + time.toNanos();
        while (!timers.isEmpty() && timers.peek().at <= until) {
            Timer due = timers.remove();
            now = Math.max(now, due.at);
            due.task.run();
        }
        now = until;
    }

    final class Timer implements Comparable<Timer>, Scheduler.Timer {

        private final long at;
        private final int place;
        private final Runnable task;

        private Timer(long at, int place, Runnable task) {
            this.at = at;
            this.place = place;
            this.task = task;
        }

        @Override
        public int compareTo(Timer other) {
            return at != other.at ? Long.compare(at, other.at) : Integer.compare(place, other.place);
        }

        @Override
        public void cancel() {
            timers.remove(this);
        }
    }
}
