package io.statesync.spring;

import io.statesync.persistence.FetchLocks;
import io.statesync.persistence.SnapshotStorage;
import io.statesync.persistence.StorageWatch;
import org.jspecify.annotations.Nullable;

/**
 * A storage that a {@link SnapshotStorageDriver} has opened. What of it is {@link AutoCloseable} is closed with the
 * application context, after the last save.
 *
 * @param storage holds the records
 * @param locks lets one of the processes that share it fetch for all; null if each fetches for itself
 * @param watch tells what other processes save; null if nobody tells
 */
public record PersistedStorage(
        SnapshotStorage storage,
        @Nullable FetchLocks locks,
        @Nullable StorageWatch watch) {

    /** A storage whose processes have nothing to do with each other. */
    public static PersistedStorage of(SnapshotStorage storage) {
        return new PersistedStorage(storage, null, null);
    }
}
