package io.statesync.mutation.jdbc;

import io.statesync.mutation.store.StoreEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the writer has to do: events in the order in which they came, and tasks. Whoever appends holds the lock for a
 * moment and never waits for the disk; whoever waits for a position shares one stage with its whole batch.
 */
final class Intake {

    private static final CompletionStage<Void> DURABLE = CompletableFuture.<Void>completedStage(null);

    /** Enough to spread a force over; a batch that is larger holds the database's locks for too long. */
    private static final int LARGEST_BATCH = 2_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();

    /* guarded by lock; in order, the last one still gathers */
    private final Deque<Batch> gathering = new ArrayDeque<>();
    /* guarded by lock; taken, and neither committed nor failed */
    private final List<Batch> unsettled = new ArrayList<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private long position;
    private long taken;
    private long durable;
    private boolean closed = true;

    /** From now on there is a writer. Before that, and after the end, events are counted and not kept. */
    void open() {
        lock.lock();
        try {
            closed = false;
        } finally {
            lock.unlock();
        }
    }

    long append(StoreEvent event) {
        lock.lock();
        try {
            position++;
            if (!closed) {
                Batch batch = gathering.peekLast();
                if (batch == null || batch.events.size() >= LARGEST_BATCH) {
                    batch = new Batch();
                    gathering.addLast(batch);
                    work.signal();
                }
                batch.events.add(event);
                batch.last = position;
            }
            return position;
        } finally {
            lock.unlock();
        }
    }

    /** @param problem why a position that is neither durable nor waiting will never be durable */
    CompletionStage<Void> durable(long wanted, Supplier<Throwable> problem) {
        lock.lock();
        try {
            if (wanted <= durable) {
                return DURABLE;
            }
            for (Batch batch : unsettled) {
                if (wanted <= batch.last) {
                    return batch.stage();
                }
            }
            for (Batch batch : gathering) {
                if (wanted <= batch.last) {
                    return batch.stage();
                }
            }
        } finally {
            lock.unlock();
        }
        return CompletableFuture.failedStage(problem.get());
    }

    /** Runs the task on the writer's thread, between two batches. Returns false if there is no writer any more. */
    boolean run(Runnable task) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            tasks.addLast(task);
            work.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for work. Returns null when it is closed and there is none. */
    @Nullable
    Object take() {
        lock.lock();
        try {
            while (true) {
                Runnable task = tasks.pollFirst();
                if (task != null) {
                    return task;
                }
                Batch batch = gathering.pollFirst();
                if (batch != null) {
                    unsettled.add(batch);
                    taken = batch.last;
                    return batch;
                }
                if (closed) {
                    return null;
                }
                work.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** All that was taken is on disk. */
    void committed() {
        for (Batch batch : settle(true)) {
            batch.committed();
        }
    }

    /** Nothing that was taken is known to be on disk. */
    void failed(Throwable why) {
        for (Batch batch : settle(false)) {
            batch.failed(why);
        }
    }

    private List<Batch> settle(boolean onDisk) {
        lock.lock();
        try {
            List<Batch> settled = List.copyOf(unsettled);
            unsettled.clear();
            if (onDisk) {
                durable = taken;
            }
            return settled;
        } finally {
            lock.unlock();
        }
    }

    /** How many events are not known to be on disk. */
    long lag() {
        lock.lock();
        try {
            return position - durable;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }
}
