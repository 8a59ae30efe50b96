package io.statesync.test;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Real daemon threads, and the word when they have nothing left to do: what has not happened by then does not happen.
 * Safe for use by any thread.
 */
public final class WatchedExecutor implements Executor, AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "statesync-test-refresh");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile boolean refusing;

    @Override
    public void execute(Runnable task) {
        if (refusing) {
            throw new RejectedExecutionException("the watched executor was told to refuse");
        }
        unfinished.incrementAndGet();
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                unfinished.decrementAndGet();
            }
        });
    }

    /** How many tasks run or wait. */
    public int unfinished() {
        return unfinished.get();
    }

    /** Waits until every task has ended, also those that tasks added. */
    public void awaitIdle() {
        awaitUnfinished(0);
    }

    /** Waits until at most so many tasks are left, for a test that holds some of them. */
    public void awaitUnfinished(int atMost) {
        Patience.until("the tasks' end", () -> unfinished.get() <= atMost);
    }

    /** From now on every task is refused, or accepted again. */
    public void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** Interrupts what still runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
