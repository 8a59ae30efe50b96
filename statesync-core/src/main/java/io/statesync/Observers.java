package io.statesync;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All observers of a topic behind one guard: what they throw is logged at DEBUG and harms nobody (E7). */
final class Observers {

    private static final Logger log = LoggerFactory.getLogger(RevisionSync.class);

    private static final SyncListener[] NOBODY = {};

    private final String topic;
    private final SyncListener[] listeners;

    Observers(String topic, List<SyncListener> listeners) {
        this.topic = topic;
        this.listeners = listeners.isEmpty() ? NOBODY : listeners.toArray(SyncListener[]::new);
    }

    boolean present() {
        return listeners.length > 0;
    }

    /** Allocates nothing: it is called for each stale event. */
    void invalidation(long bits, InvalidationOutcome outcome) {
        for (SyncListener listener : listeners) {
            try {
                listener.onInvalidation(topic, bits, outcome);
            } catch (Throwable thrown) {
                failed(thrown);
            }
        }
    }

    void coalesced() {
        each(listener -> listener.onCoalesced(topic));
    }

    void connectionLost(@Nullable Throwable cause) {
        each(listener -> listener.onConnectionLost(topic, cause));
    }

    void connectionRestored() {
        each(listener -> listener.onConnectionRestored(topic));
    }

    /** A round ended, by a failure if there is a context. */
    void ended(RefreshReport report, @Nullable SyncErrorContext context) {
        if (context != null) {
            error(context);
        }
        each(listener -> listener.onRefreshEnded(report));
    }

    void error(SyncErrorContext context) {
        quietly(() ->
                log.debug("Topic {} failed in phase {}", topic, context.phase().tag(), context.error()));
        each(listener -> listener.onError(context));
    }

    private void each(Consumer<SyncListener> call) {
        for (SyncListener listener : listeners) {
            guarded(() -> call.accept(listener));
        }
    }

    /** Runs what an observer does. */
    void guarded(Runnable call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            failed(thrown);
        }
    }

    void failed(Throwable thrown) {
        quietly(() -> log.debug("An observer of topic {} failed", topic, thrown));
    }

    private static void quietly(Runnable logging) {
        try {
            logging.run();
        } catch (Throwable unheard) {
            // the logger's appender is foreign code too (EX-17), and there is nobody left to tell
        }
    }
}
