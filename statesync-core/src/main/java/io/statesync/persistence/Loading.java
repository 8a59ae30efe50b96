package io.statesync.persistence;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a topic's record for use, and says what is wrong with it otherwise. Blocks; safe for use by any thread. */
final class Loading<T> {

    /** Clocks of machines that share a storage are not the same to the second. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final String topic;
    private final SnapshotStorage storage;
    private final RecordReader<T> records;
    private final int schema;
    private final InstantSource clock;
    private final @Nullable Duration ttl;
    private final StoredVersion stored;
    private final PersistenceReports reports;
    private final SaveQueue<T> queue;

    /** The revision of the record that was found good last. */
    private volatile @Nullable Revision newest;

    Loading(SnapshotPersistenceBuilder<T> parts, StoredVersion stored, PersistenceReports reports, SaveQueue<T> queue) {
        this.topic = parts.topic;
        this.storage = parts.storage;
        this.records = new RecordReader<>(parts);
        this.schema = parts.codec.version();
        this.clock = parts.clock;
        this.ttl = parts.ignoreTtl ? null : parts.ttl;
        this.stored = stored;
        this.reports = reports;
        this.queue = queue;
    }

    /** The snapshot of the record if there is one that may be used; never throws. */
    Optional<Loaded<T>> load() {
        return load(null);
    }

    /** The revision of the record that was found good last; null if none was. */
    @Nullable
    Revision newest() {
        return newest;
    }

    /** The same, unless it is not newer than this one: then it is not decoded. */
    Optional<Loaded<T>> newerThan(Revision known) {
        return load(known);
    }

    private Optional<Loaded<T>> load(@Nullable Revision known) {
        Optional<RecordBytes> record;
        try {
            record = storage.load(topic);
        } catch (Throwable notRead) { // whatever a storage throws
            reports.loadFailed(null, notRead);
            return Optional.empty();
        }
        return record.flatMap(found -> use(found, known));
    }

    private Optional<Loaded<T>> use(RecordBytes record, @Nullable Revision known) {
        RecordHeader header = null;
        try {
            header = records.verify(record);
            stored.atLeast(header.version());
            if (header.tombstone() || (known != null && !header.revision().isNewerThan(known))) {
                return Optional.empty();
            }
            if (isExpired(header)) {
                reports.expired(header.revision(), header.savedAt());
                setAside(record, header, expired(header));
                return Optional.empty();
            }
            SnapshotEnvelope<T> snapshot = records.read(record, header);
            accepted(record, header, snapshot);
            return Optional.of(new Loaded<>(snapshot, header.savedAt()));
        } catch (FutureSchemaException | UnsupportedRecordException notHere) {
            keep(record, notHere);
            return Optional.empty();
        } catch (InterruptedException | OutOfMemoryError notItsFault) {
            if (notItsFault instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            reports.loadFailed(header == null ? null : header.revision(), notItsFault);
            return Optional.empty();
        } catch (Throwable unreadable) { // whatever a codec, a compression or a validator throws
            reports.loadFailed(header == null ? null : header.revision(), unreadable);
            setAside(record, header, unreadable);
            return Optional.empty();
        }
    }

    private void accepted(RecordBytes record, RecordHeader header, SnapshotEnvelope<T> snapshot) {
        newest = header.revision();
        reports.loaded(header.revision(), record.size(), header.savedAt());
        boolean suspect =
                ttl != null && header.savedAt().isAfter(clock.instant().plus(CLOCK_SKEW));
        if (suspect) {
            reports.loadFailed(
                    header.revision(),
                    new IllegalStateException("the record says that it was saved at " + header.savedAt()
                            + ", which is to come: it is dated anew, so that its ttl of " + ttl + " begins now"));
        }
        if (header.schema() < schema) {
            reports.migrated(header.revision(), header.schema(), schema);
        }
        if (suspect || header.schema() < schema) {
            RecordVersion version = new RecordVersion(header.revision(), schema);
            queue.demand(new SaveJob<>(
                    snapshot, version, suspect ? null : header.savedAt(), suspect ? record : null, false));
        }
    }

    private boolean isExpired(RecordHeader header) {
        return ttl != null
                && Duration.between(header.savedAt(), clock.instant()).compareTo(ttl) > 0;
    }

    private Exception expired(RecordHeader header) {
        return new CorruptRecordException("the record was saved at " + header.savedAt() + ", its ttl is " + ttl);
    }

    private void keep(RecordBytes record, Exception why) {
        RecordVersion version = null;
        try {
            version = RecordFrame.header(record).version();
            stored.atLeast(version);
        } catch (IOException newerFormat) {
            // then nothing is known of it, and the storage decides whether it gives way
        }
        reports.loadFailed(version == null ? null : version.revision(), why);
    }

    private void setAside(RecordBytes record, @Nullable RecordHeader header, Throwable why) {
        try {
            String where = storage.setAside(topic, record);
            stored.forget();
            reports.setAside(where, why);
        } catch (Throwable notSetAside) { // whatever a storage throws
            reports.loadFailed(header == null ? null : header.revision(), notSetAside);
        }
    }

    /** A snapshot and the date of its record. */
    record Loaded<T>(SnapshotEnvelope<T> snapshot, Instant savedAt) {}
}
