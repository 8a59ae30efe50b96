package io.statesync.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded share of another executor: at most so many tasks at once, the others wait in order without a thread (E16: at
 * most 8 fetches per source).
 */
public final class LimitedExecutor implements Executor {

    private final Executor target;
    private final int limit;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int running;

    public LimitedExecutor(Executor target, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit of concurrent tasks must be at least 1, got " + limit);
        }
        this.target = target;
        this.limit = limit;
    }

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (running == limit) {
                waiting.add(task);
                return;
            }
            running++;
        } finally {
            lock.unlock();
        }
        try {
            target.execute(() -> runThenNext(task));
        } catch (RuntimeException | Error refused) {
            next();
            throw refused;
        }
    }

    private void runThenNext(Runnable task) {
        try {
            task.run();
        } finally {
            next();
        }
    }

    /* One task per hand-over, so that the thread goes back between two of them (E8). */
    private void next() {
        for (Runnable task = take(); task != null; task = take()) {
            Runnable taken = task;
            try {
                target.execute(() -> runThenNext(taken));
                return;
            } catch (RuntimeException | Error refused) {
                // whoever handed the task in was told that it will run: better on this thread than never
                runQuietly(taken);
            }
        }
    }

    /* As an executor would: what a task throws is the business of the thread's handler, not of the other tasks. */
    private static void runQuietly(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error thrown) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        }
    }

    private @Nullable Runnable take() {
        lock.lock();
        try {
            Runnable task = waiting.poll();
            if (task == null) {
                running--;
            }
            return task;
        } finally {
            lock.unlock();
        }
    }
}
