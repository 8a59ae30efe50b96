package io.statesync.policy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * The only source of time (E15): a monotonic clock and timers. Tests move it by hand.
 *
 * <p>Implementations are safe for use by any thread.
 */
public interface Scheduler {

    /** Monotonic time in nanoseconds, from an arbitrary origin; never jumps with the wall clock. Must not block. */
    long now();

    /**
     * Runs the task once, after the delay, on the timer thread. The task must be short and must not block.
     *
     * @param delay zero or negative: as soon as possible
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler is shut down
     */
    Timer schedule(Runnable task, Duration delay);

    /**
     * Keeps the calling thread for this long.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    default void sleep(Duration time) throws InterruptedException {
        if (time.isZero()) {
            return;
        }
        CountDownLatch elapsed = new CountDownLatch(1);
        Timer timer = schedule(elapsed::countDown, time);
        try {
            elapsed.await();
        } finally {
            timer.cancel();
        }
    }

    /** The scheduler of the process: one daemon timer thread, which ends when nothing is scheduled for a while. */
    static Scheduler system() {
        return SystemScheduler.INSTANCE;
    }

    /** A task that was scheduled. */
    @FunctionalInterface
    interface Timer {

        /** Prevents the task from running if it has not begun. Idempotent. */
        void cancel();
    }
}
