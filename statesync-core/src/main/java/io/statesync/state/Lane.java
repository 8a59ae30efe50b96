package io.statesync.state;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener and what it has not heard yet: never more than one change, which grows while the listener is busy. */
final class Lane<T> {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    private final Consumer<? super StateChange<T>> listener;
    private final SerialRuns runs;
    private final AtomicReference<@Nullable StateChange<T>> missed = new AtomicReference<>();
    private volatile boolean closed;

    /** Used by one run at a time. */
    private boolean failing;

    Lane(Consumer<? super StateChange<T>> listener, Executor executor) {
        this.listener = listener;
        this.runs = new SerialRuns(executor, this::tell);
    }

    void add(StateChange<T> change) {
        missed.accumulateAndGet(change, (older, newest) -> older == null ? newest : older.and(newest));
        runs.demand();
    }

    void close() {
        closed = true;
        missed.set(null);
    }

    private void tell() {
        StateChange<T> change = missed.getAndSet(null);
        if (change == null || closed) {
            return;
        }
        try {
            listener.accept(change);
            failing = false;
        } catch (RuntimeException | Error thrown) {
            if (failing) {
                log.debug("A change listener failed again, at revision {}", change.revision(), thrown);
            } else {
                log.warn("A change listener failed at revision {}", change.revision(), thrown);
            }
            failing = true;
        }
    }
}
