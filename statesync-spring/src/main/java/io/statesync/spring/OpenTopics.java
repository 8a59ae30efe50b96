package io.statesync.spring;

import io.statesync.policy.Scheduler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** The topics that were opened at run time and not closed yet. Safe for use by any thread. */
final class OpenTopics {

    private final TopicMemories memories;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private final Set<OpenedSync<?>> open = new LinkedHashSet<>();
    private boolean closed;

    OpenTopics(TopicMemories memories) {
        this.memories = memories;
    }

    /**
     * Asked before anything is built, which might connect to a source that nobody would leave.
     *
     * @throws IllegalStateException if the application context is closed
     */
    void requireOpen(String topic) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException(
                        "topic \"" + topic + "\" cannot be opened: the application context is closed");
            }
        } finally {
            lock.unlock();
        }
    }

    /** @throws IllegalStateException if the application context was closed meanwhile */
    void add(OpenedSync<?> opened) {
        lock.lock();
        try {
            requireOpen(opened.topic());
            open.add(opened);
        } finally {
            lock.unlock();
        }
    }

    /** Called once it is closed, and perhaps again. */
    void closed(OpenedSync<?> gone) {
        boolean was;
        lock.lock();
        try {
            was = open.remove(gone);
        } finally {
            lock.unlock();
        }
        if (was) {
            memories.release(gone.topic());
        }
    }

    List<Replica> replicas() {
        return all().stream()
                .map(OpenedSync::replica)
                .sorted(Comparator.comparing(Replica::topic))
                .toList();
    }

    List<CompletableFuture<Void>> pause() {
        return all().stream().map(OpenedSync::pause).toList();
    }

    void resume(Scheduler scheduler) {
        all().forEach(opened -> opened.resume(scheduler));
    }

    /** Closes what is open, and opens no more. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        List<OpenedSync<?>> closing = all();
        closing.forEach(OpenedSync::stopAsync);
        closing.forEach(OpenedSync::close);
    }

    private List<OpenedSync<?>> all() {
        lock.lock();
        try {
            return new ArrayList<>(open);
        } finally {
            lock.unlock();
        }
    }
}
