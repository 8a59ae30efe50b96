package io.statesync.persistence;

import io.statesync.policy.Scheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * One file per topic in one directory, which is created when it is missing. A record is written to a temporary file, forced
 * to the disk, and renamed: a reader sees the former or the new one. Several processes may share the directory.
 */
public final class FileSnapshotStorage implements SnapshotStorage, FetchLocks, AutoCloseable {

    private FileSnapshotStorage() {}

    /** Records in this directory, which other processes may share: each of them must use the same file system locks. */
    public static FileSnapshotStorage in(Path directory) {
        throw new UnsupportedOperationException();
    }

    /** Records in this directory, which no other process uses: needs no locks of the file system. */
    public static FileSnapshotStorage alone(Path directory) {
        throw new UnsupportedOperationException();
    }

    /** The directory. */
    public Path directory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RecordBytes> load(String topic) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean save(String topic, RecordVersion version, RecordBytes record) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public String setAside(String topic, RecordBytes unreadable) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<FetchLock> tryLock(String topic) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Watches the directory for what siblings save.
     *
     * @param interval how often to look
     * @param executor where the directory is read and listeners are called
     */
    public StorageWatch watch(Duration interval, Scheduler scheduler, Executor executor) {
        throw new UnsupportedOperationException();
    }

    /** Gives back locks and descriptors; running calls end first. Idempotent. */
    @Override
    public void close() {}
}
