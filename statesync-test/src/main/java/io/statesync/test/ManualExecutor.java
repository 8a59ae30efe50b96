package io.statesync.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs nothing by itself: a test runs the tasks, one after the other, on its own thread. Safe for use by any thread. */
public final class ManualExecutor implements Executor {

    private final ReentrantLock lock = new ReentrantLock();

    /* guarded by lock */
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean refusing;

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (refusing) {
                throw new RejectedExecutionException("the manual executor was told to refuse");
            }
            tasks.add(task);
        } finally {
            lock.unlock();
        }
    }

    /** Runs the oldest task, if there is one. */
    public boolean runNext() {
        Runnable task = poll();
        if (task == null) {
            return false;
        }
        task.run();
        return true;
    }

    /** Runs tasks until none is left, also those that were added meanwhile; returns how many. */
    public int runAll() {
        int count = 0;
        while (runNext()) {
            count++;
        }
        return count;
    }

    /** How many tasks wait. */
    public int pendingTasks() {
        lock.lock();
        try {
            return tasks.size();
        } finally {
            lock.unlock();
        }
    }

    /** From now on every task is refused, or accepted again. */
    public void refuse(boolean refuse) {
        lock.lock();
        try {
            refusing = refuse;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Runnable poll() {
        lock.lock();
        try {
            return tasks.poll();
        } finally {
            lock.unlock();
        }
    }
}
