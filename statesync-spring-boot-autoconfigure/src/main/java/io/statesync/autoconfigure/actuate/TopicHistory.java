package io.statesync.autoconfigure.actuate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The last 50 events and the last 50 errors of a topic, oldest first. Safe for use by any thread. */
final class TopicHistory {

    private static final int LENGTH = 50;

    private final ReentrantLock lock = new ReentrantLock();
    /* both guarded by lock */
    private final Deque<TopicEvent> events = new ArrayDeque<>();
    private final Deque<TopicError> errors = new ArrayDeque<>();

    void add(TopicEvent event) {
        add(events, event);
    }

    void add(TopicError error) {
        add(errors, error);
    }

    List<TopicEvent> events() {
        return copy(events);
    }

    List<TopicError> errors() {
        return copy(errors);
    }

    private <E> void add(Deque<E> entries, E entry) {
        lock.lock();
        try {
            if (entries.size() == LENGTH) {
                entries.removeFirst();
            }
            entries.addLast(entry);
        } finally {
            lock.unlock();
        }
    }

    private <E> List<E> copy(Deque<E> entries) {
        lock.lock();
        try {
            return List.copyOf(entries);
        } finally {
            lock.unlock();
        }
    }
}
