package io.statesync.mutation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener and what it was not told yet: at most so much, and never two calls at once. Safe for use by any thread. */
final class Audience {

    private static final Logger log = LoggerFactory.getLogger(Audience.class);
    private static final int MOST = 10_000;

    private final Engine engine;
    private final TransactionListener listener;

    private final ReentrantLock lock = new ReentrantLock();

    /* guarded by lock */
    private final Deque<Consumer<TransactionListener>> waiting = new ArrayDeque<>();
    private long lost;
    private boolean draining;

    Audience(Engine engine, TransactionListener listener) {
        this.engine = engine;
        this.listener = listener;
    }

    void add(Consumer<TransactionListener> what) {
        lock.lock();
        try {
            if (waiting.size() == MOST) {
                lost++;
                return;
            }
            long before = lost;
            if (before > 0) {
                lost = 0;
                waiting.add(slow -> slow.onOverflow(before));
            }
            waiting.add(what);
        } finally {
            lock.unlock();
        }
    }

    /** Tells it on the callback executor, unless somebody is about to. */
    void drain() {
        lock.lock();
        try {
            if (draining || waiting.isEmpty()) {
                return;
            }
            draining = true;
        } finally {
            lock.unlock();
        }
        Engine.run(engine.callbacks, this::tellAll);
    }

    private void tellAll() {
        for (Consumer<TransactionListener> next = next(); next != null; next = next()) {
            try {
                next.accept(listener);
            } catch (Throwable thrown) {
                log.warn("A transaction listener failed", thrown);
            }
        }
    }

    private @Nullable Consumer<TransactionListener> next() {
        lock.lock();
        try {
            Consumer<TransactionListener> next = waiting.poll();
            draining = next != null;
            return next;
        } finally {
            lock.unlock();
        }
    }
}
