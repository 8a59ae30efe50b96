package io.statesync.policy;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs an action as a {@link Throttling} allows. Safe for use by any thread; the action runs on the thread that triggers
 * it, or on the scheduler's if it had to wait, and never under a lock.
 */
public final class Throttler implements AutoCloseable {

    private final Scheduler scheduler;
    private final Runnable action;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private final ThrottleWindow window;
    private boolean armed;
    private boolean disposed;

    public Throttler(Throttling throttling, Scheduler scheduler, Runnable action) {
        this.window = new ThrottleWindow(throttling);
        this.scheduler = scheduler;
        this.action = action;
    }

    /** Demands a run: now, or as soon as the throttling allows it. Does nothing once disposed. */
    public void trigger() {
        lock.lock();
        try {
            if (disposed) {
                return;
            }
            window.trigger(scheduler.now());
        } finally {
            lock.unlock();
        }
        runOrWait();
    }

    /** Whether a demand waits. */
    public boolean pending() {
        lock.lock();
        try {
            return window.pending();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a waiting demand; nothing runs any more. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            disposed = true;
            window.clear();
        } finally {
            lock.unlock();
        }
    }

    private void runOrWait() {
        long wait;
        lock.lock();
        try {
            if (disposed || !window.pending()) {
                return;
            }
            long now = scheduler.now();
            wait = window.due() - now;
            if (wait <= 0) {
                window.ran(now);
            } else if (armed) {
                return;
            } else {
                armed = true;
            }
        } finally {
            lock.unlock();
        }
        if (wait <= 0) {
            action.run();
        } else {
            arm(wait);
        }
    }

    private void arm(long wait) {
        try {
            scheduler.schedule(this::elapsed, Duration.ofNanos(wait));
        } catch (RuntimeException refused) {
            disarm();
            throw refused;
        }
    }

    private void elapsed() {
        disarm();
        runOrWait();
    }

    private void disarm() {
        lock.lock();
        try {
            armed = false;
        } finally {
            lock.unlock();
        }
    }
}
