package io.statesync.test;

import io.statesync.policy.Durations;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until a test moves it. Timers run on the thread that calls {@link #advance}, in the order of
 * their times, with {@link #now} at each timer's time. Safe for use by any thread.
 */
public final class ManualScheduler implements Scheduler {

    private final ReentrantLock lock = new ReentrantLock();

    /* guarded by lock */
    private final List<Task> tasks = new ArrayList<>();
    private long now;
    private long sequence;
    private boolean refusing;

    /** A clock that begins at zero. */
    public ManualScheduler() {
        this(0);
    }

    /** A clock that begins at this many nanoseconds: a monotonic clock's origin is arbitrary, it may even overflow. */
    public ManualScheduler(long origin) {
        this.now = origin;
    }

    @Override
    public long now() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps the task until the clock reaches its time; one that is due at once runs at the next {@link #runDue}. */
    @Override
    public Timer schedule(Runnable task, Duration delay) {
        lock.lock();
        try {
            if (refusing) {
                throw new RejectedExecutionException("the manual scheduler was told to refuse");
            }
            Task scheduled = new Task(now + Math.max(0, Durations.nanos(delay)), sequence++, task);
            tasks.add(scheduled);
            return () -> cancel(scheduled);
        } finally {
            lock.unlock();
        }
    }

    /** Moves the clock, and runs every timer that becomes due on the way, also those that the timers themselves set. */
    public void advance(Duration time) {
        long end = now() + time.toNanos();
        for (Task task = takeDue(end); task != null; task = takeDue(end)) {
            task.action.run();
        }
        lock.lock();
        try {
            now = now - end < 0 ? end : now;
        } finally {
            lock.unlock();
        }
    }

    /** Runs what is due now, without moving the clock. */
    public void runDue() {
        advance(Duration.ZERO);
    }

    /** How many timers wait. */
    public int pendingTimers() {
        lock.lock();
        try {
            return tasks.size();
        } finally {
            lock.unlock();
        }
    }

    /** How long until the next timer is due; null if none waits. */
    public @Nullable Duration untilNext() {
        lock.lock();
        try {
            return tasks.stream()
                    .min(soonestFrom(now))
                    .map(task -> Duration.ofNanos(task.due - now))
                    .orElse(null);
        } finally {
            lock.unlock();
        }
    }

    /** From now on every timer is refused, or accepted again. */
    public void refuse(boolean refuse) {
        lock.lock();
        try {
            refusing = refuse;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Task takeDue(long end) {
        lock.lock();
        try {
            Task next = tasks.stream().min(soonestFrom(now)).orElse(null);
            if (next == null || next.due - end > 0) {
                return null;
            }
            tasks.remove(next);
            now = next.due - now > 0 ? next.due : now;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Task task) {
        lock.lock();
        try {
            tasks.remove(task);
        } finally {
            lock.unlock();
        }
    }

    private static Comparator<Task> soonestFrom(long now) {
        return Comparator.<Task>comparingLong(task -> task.due - now).thenComparingLong(task -> task.sequence);
    }

    private record Task(long due, long sequence, Runnable action) {}
}
