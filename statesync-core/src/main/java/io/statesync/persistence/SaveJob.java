package io.statesync.persistence;

import io.statesync.SnapshotEnvelope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot to be saved.
 *
 * @param version the version that its record gets
 * @param savedAt the date that its record gets; null: that of the saving
 * @param instead the very record that has to be set aside before, because it would not give way by its version
 * @param wentBack whether a record that is not older has to be set aside before, because the source went back, or has
 *     this revision otherwise
 */
record SaveJob<T>(
        SnapshotEnvelope<T> snapshot,
        RecordVersion version,
        @Nullable Instant savedAt,
        @Nullable RecordBytes instead,
        boolean wentBack) {

    static <T> SaveJob<T> applied(SnapshotEnvelope<T> snapshot, int schema, boolean wentBack) {
        return new SaveJob<>(snapshot, new RecordVersion(snapshot.revision(), schema), null, null, wentBack);
    }

    /** The same, after the source went back. */
    SaveJob<T> goingBack() {
        return new SaveJob<>(snapshot, version, savedAt, instead, true);
    }
}
