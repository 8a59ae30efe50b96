package io.statesync.persistence;

import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The numbers behind {@link PersistenceStatistics}: changed and read as a whole. Safe for use by any thread. */
final class PersistenceCounters {

    private final ReentrantLock lock = new ReentrantLock();

    /* guarded by lock */
    private final Values values = new Values();

    void update(Consumer<Values> change) {
        lock.lock();
        try {
            change.accept(values);
        } finally {
            lock.unlock();
        }
    }

    PersistenceStatistics statistics() {
        lock.lock();
        try {
            return values.copy();
        } finally {
            lock.unlock();
        }
    }

    /** The counters themselves; touched under the lock only. */
    static final class Values {

        private long saves;
        private long saveErrors;
        long refused;
        long throttled;
        long loads;
        private long loadErrors;
        private long bytesSaved;
        private long lastBytes = -1;
        private @Nullable Instant lastSaved;
        private @Nullable Duration lastDuration;
        private @Nullable Revision savedRevision;
        private @Nullable Revision restoredRevision;
        private @Nullable Instant restoredSavedAt;
        private @Nullable SyncErrorContext lastError;

        private Values() {}

        void saved(Revision revision, long bytes, Duration duration, Instant now) {
            saves++;
            bytesSaved += bytes;
            lastBytes = bytes;
            lastSaved = now;
            lastDuration = duration;
            savedRevision = revision;
        }

        void restored(Revision revision, Instant savedAt) {
            restoredRevision = revision;
            restoredSavedAt = savedAt;
        }

        void failed(SyncErrorContext error) {
            if (error.phase() == SyncPhase.SAVE) {
                saveErrors++;
            } else {
                loadErrors++;
            }
            lastError = error;
        }

        private PersistenceStatistics copy() {
            return new PersistenceStatistics(
                    saves,
                    saveErrors,
                    refused,
                    throttled,
                    loads,
                    loadErrors,
                    bytesSaved,
                    lastBytes,
                    lastSaved,
                    lastDuration,
                    savedRevision,
                    restoredRevision,
                    restoredSavedAt,
                    lastError);
        }
    }
}
