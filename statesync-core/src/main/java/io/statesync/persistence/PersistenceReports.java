package io.statesync.persistence;

import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what happens and tells the listeners, whose exceptions end here. Safe for use by any thread. */
final class PersistenceReports {

    private static final Logger log = LoggerFactory.getLogger(SnapshotPersistence.class);

    private final String topic;
    private final List<PersistenceListener> listeners;
    private final PersistenceCounters counters = new PersistenceCounters();

    PersistenceReports(String topic, List<PersistenceListener> listeners) {
        this.topic = topic;
        this.listeners = new CopyOnWriteArrayList<>(listeners);
    }

    SnapshotPersistence.Registration listen(PersistenceListener listener) {
        listeners.add(listener);
        AtomicBoolean registered = new AtomicBoolean(true);
        return () -> {
            if (registered.compareAndSet(true, false)) {
                listeners.remove(listener);
            }
        };
    }

    PersistenceStatistics statistics() {
        return counters.statistics();
    }

    void overtaken() {
        counters.update(it -> it.throttled++);
    }

    void saveStarted(Revision revision) {
        tell(it -> it.saveStarted(topic, revision));
    }

    void saved(Revision revision, long bytes, Duration duration, Instant now) {
        counters.update(it -> it.saved(revision, bytes, duration, now));
        tell(it -> it.saved(topic, revision, bytes, duration));
    }

    void refused() {
        counters.update(it -> it.refused++);
    }

    void saveFailed(Revision revision, Throwable error, int attempt, @Nullable Duration nextDelay) {
        SyncErrorContext context = new SyncErrorContext(
                SyncPhase.SAVE, topic, error, null, null, revision, null, null, attempt, nextDelay != null, nextDelay);
        counters.update(it -> it.failed(context));
        tell(it -> it.saveFailed(topic, revision, error));
        tell(it -> it.onError(context));
    }

    void clearFailed(Throwable error) {
        SyncErrorContext context = SyncErrorContext.of(SyncPhase.SAVE, topic, error);
        counters.update(it -> it.failed(context));
        tell(it -> it.onError(context));
    }

    void loaded(Revision revision, long bytes, Instant savedAt) {
        counters.update(it -> it.loads++);
        tell(it -> it.loaded(topic, revision, bytes, savedAt));
    }

    void restored(Revision revision, Instant savedAt) {
        counters.update(it -> it.restored(revision, savedAt));
    }

    void loadFailed(@Nullable Revision revision, Throwable error) {
        SyncErrorContext context =
                new SyncErrorContext(SyncPhase.LOAD, topic, error, null, null, revision, null, null, 1, false, null);
        counters.update(it -> it.failed(context));
        tell(it -> it.onError(context));
    }

    void expired(Revision revision, Instant savedAt) {
        tell(it -> it.expired(topic, revision, savedAt));
    }

    void migrated(Revision revision, int from, int to) {
        tell(it -> it.migrated(topic, revision, from, to));
    }

    void setAside(String where, Throwable reason) {
        tell(it -> it.setAside(topic, where, reason));
    }

    void cleared(Revision revision) {
        tell(it -> it.cleared(topic, revision));
    }

    private void tell(Consumer<PersistenceListener> call) {
        for (PersistenceListener listener : listeners) {
            try {
                call.accept(listener);
            } catch (RuntimeException | Error thrown) {
                log.debug("A listener of the persistence of topic {} failed", topic, thrown);
            }
        }
    }
}
