package io.statesync.test;

import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A task of a {@link Simulation} on its own thread, which moves only while it has the turn. */
final class SimulatedTask {

    /** Real time; only a task that blocks outside the simulation ever takes it. */
    private static final long PATIENCE_SECONDS = 20;

    private final Runnable action;
    private final Executor threads;
    private final Semaphore back = new Semaphore(0);

    private volatile @Nullable Thread thread;
    private volatile boolean hasTurn;
    /** Set before the thread's own flag is cleared, so that the driver, which looks there first, misses no interrupt. */
    private volatile boolean interrupted;

    /** Written by the task before it hands the turn back, read by the driver after that. */
    private @Nullable Throwable thrown;

    SimulatedTask(Runnable action, Executor threads) {
        this.action = action;
        this.threads = threads;
    }

    /** Gives the task the turn, and returns when it hands it back or ends; what it threw, if it ended so. */
    @Nullable
    Throwable move() {
        Thread paused = thread;
        if (paused == null) {
            threads.execute(this::play);
        } else {
            hasTurn = true;
            LockSupport.unpark(paused);
        }
        try {
            if (!back.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("a task blocks outside the simulation: " + stack());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a simulated task had the turn: " + stack(), e);
        }
        return thrown;
    }

    /** Called by the task: the driver goes on, the task waits for its next turn. */
    void handBackTheTurn() {
        back.release();
        while (!hasTurn) {
            LockSupport.park(this);
            if (Thread.currentThread().isInterrupted()) {
                interrupted = true;
                Thread.interrupted();
            }
        }
        hasTurn = false;
    }

    /** Whether the task was interrupted while it waited for its turn. */
    boolean interrupted() {
        Thread paused = thread;
        return (paused != null && paused.isInterrupted()) || interrupted;
    }

    /** Whether this task was interrupted, and forgets it. */
    boolean takeInterrupt() {
        boolean was = Thread.interrupted() || interrupted;
        interrupted = false;
        return was;
    }

    boolean runsHere() {
        return Thread.currentThread() == thread;
    }

    private void play() {
        thread = Thread.currentThread();
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            thrown = e;
        } finally {
            // the thread goes back to the pool: a late interrupt was not meant for its next task
            Thread.interrupted();
            thread = null;
            back.release();
        }
    }

    private String stack() {
        Thread busy = thread;
        return busy == null ? "it has not begun" : Arrays.toString(busy.getStackTrace());
    }
}
