package io.statesync.persistence;

import io.statesync.Revision;
import io.statesync.policy.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Writes the records of one topic, on the persistence's threads. The queue calls it one at a time. */
final class StorageWriter<T> implements Writing<T> {

    private static final int CLEAR_ATTEMPTS = 10;

    private final String topic;
    private final SnapshotStorage storage;
    private final RecordWriter<T> records;
    private final Integrity integrity;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Threads threads;
    private final StoredVersion stored;
    private final PersistenceReports reports;
    private final HeldLocks held;
    private final SaveQueue<T> queue;

    StorageWriter(
            SnapshotPersistenceBuilder<T> parts,
            Threads threads,
            StoredVersion stored,
            PersistenceReports reports,
            HeldLocks held) {
        this.topic = parts.topic;
        this.storage = parts.storage;
        this.records = new RecordWriter<>(parts);
        this.integrity = parts.integrity;
        this.scheduler = parts.scheduler;
        this.clock = parts.clock;
        this.threads = threads;
        this.stored = stored;
        this.reports = reports;
        this.held = held;
        this.queue = new SaveQueue<>(parts, stored, this);
    }

    SaveQueue<T> queue() {
        return queue;
    }

    @Override
    public void overtaken() {
        reports.overtaken();
    }

    @Override
    public void save(SaveJob<T> job) {
        threads.run(() -> write(job));
    }

    private void write(SaveJob<T> job) {
        Revision revision = job.version().revision();
        reports.saveStarted(revision);
        long begun = scheduler.now();
        RecordBytes record;
        try {
            Instant savedAt = job.savedAt();
            record =
                    records.snapshot(job.version(), job.snapshot().data(), savedAt == null ? clock.instant() : savedAt);
        } catch (Throwable notEncoded) { // whatever a codec throws; the same data would fail again
            reports.saveFailed(revision, notEncoded, 1, null);
            held.releaseAll();
            queue.failed(job, notEncoded, true);
            return;
        }
        try {
            makeWay(job);
            boolean taken = storage.save(topic, job.version(), record)
                    || (damagedGaveWay() && storage.save(topic, job.version(), record));
            if (taken && job.wentBack()) {
                stored.exactly(job.version());
            } else {
                stored.atLeast(job.version());
            }
            if (taken) {
                Duration duration = Duration.ofNanos(scheduler.now() - begun);
                reports.saved(revision, record.size(), duration, clock.instant());
            } else {
                reports.refused();
            }
            held.release(revision);
            queue.ended();
        } catch (Throwable notSaved) { // whatever a storage throws
            SaveQueue.Failing failing = queue.failing();
            reports.saveFailed(revision, notSaved, failing.failures(), failing.delay());
            held.releaseAll();
            queue.failed(job, notSaved, false);
        }
    }

    /* What would refuse the record by its version, and must not. */
    private void makeWay(SaveJob<T> job) throws IOException {
        RecordBytes instead = job.instead();
        if (instead != null) {
            String where = storage.setAside(topic, instead);
            stored.forget();
            reports.setAside(
                    where, new CorruptRecordException("saved-at lies in the future; the record is dated anew"));
        }
        if (job.wentBack()) {
            Optional<RecordBytes> there = storage.load(topic);
            RecordVersion version = there.map(StorageWriter::versionOf).orElse(null);
            if (there.isPresent() && (version == null || !job.version().isNewerThan(version))) {
                String where = storage.setAside(topic, there.get());
                stored.forget();
                reports.setAside(where, givesWay(job.version(), version));
            }
        }
    }

    /*
     * What refused the record by its version may be damaged, and still be there: it could not be read when the process
     * began, or not be set aside. It must not keep out a good record of its own revision.
     */
    private boolean damagedGaveWay() throws IOException {
        Optional<RecordBytes> there = storage.load(topic);
        if (there.isEmpty()) {
            return true;
        }
        try {
            RecordFrame.verified(topic, there.get(), integrity);
            return false;
        } catch (UnsupportedRecordException notHere) {
            return false;
        } catch (CorruptRecordException damaged) {
            String where = storage.setAside(topic, there.get());
            stored.forget();
            reports.setAside(where, damaged);
            return true;
        }
    }

    private static Exception givesWay(RecordVersion taken, @Nullable RecordVersion there) {
        return taken.equals(there)
                ? new IllegalStateException("the source has revision " + taken.revision() + " otherwise")
                : new IllegalStateException(
                        "the source went back to revision " + taken.revision() + ", which was accepted");
    }

    @Override
    public void clear(List<CompletableFuture<Void>> asked) {
        threads.run(() -> {
            Throwable error = null;
            try {
                Revision revision = putTombstone();
                reports.cleared(revision);
            } catch (Throwable notCleared) { // whatever a storage throws
                reports.clearFailed(notCleared);
                error = notCleared;
            }
            queue.cleared();
            for (CompletableFuture<Void> future : asked) {
                end(future, error);
            }
        });
    }

    private Revision putTombstone() throws IOException {
        for (int attempt = 0; attempt < CLEAR_ATTEMPTS; attempt++) {
            Optional<RecordBytes> there = storage.load(topic);
            RecordVersion version = there.map(StorageWriter::versionOf).orElse(null);
            if (there.isPresent() && version == null) {
                reports.setAside(storage.setAside(topic, there.get()), new CorruptRecordException("it was cleared"));
            }
            Revision newest = stored.newest();
            Revision revision = version != null && version.revision().isNewerThan(newest) ? version.revision() : newest;
            RecordVersion tombstone = RecordVersion.tombstone(revision);
            if (tombstone.equals(version)
                    || storage.save(topic, tombstone, records.tombstone(tombstone, clock.instant()))) {
                stored.atLeast(tombstone);
                return revision;
            }
        }
        throw new IOException("topic " + topic + " was not cleared: newer records came " + CLEAR_ATTEMPTS + " times");
    }

    private static @Nullable RecordVersion versionOf(RecordBytes record) {
        try {
            return RecordFrame.header(record).version();
        } catch (IOException unreadable) {
            return null;
        }
    }

    private static void end(CompletableFuture<Void> future, @Nullable Throwable error) {
        if (error == null) {
            future.complete(null);
        } else {
            future.completeExceptionally(error);
        }
    }
}
