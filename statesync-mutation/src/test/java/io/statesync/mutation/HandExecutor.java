package io.statesync.mutation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs nothing by itself. Used by one thread. */
final class HandExecutor implements Executor {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    boolean refusing;

    @Override
    public void execute(Runnable task) {
        if (refusing) {
            throw new RejectedExecutionException("told to refuse");
        }
        tasks.add(task);
    }

    void runAll() {
        for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
            next.run();
        }
    }

    /** As if the process had died: what was to be done is not done. */
    void forget() {
        tasks.clear();
    }
}
