package io.statesync.persistence;

import io.statesync.policy.Durations;
import io.statesync.policy.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file per topic in one directory, which is created when it is missing. A record is written to a temporary file, forced
 * to the disk, and renamed: a reader sees the former or the new one. Several processes may share the directory.
 */
public final class FileSnapshotStorage implements SnapshotStorage, FetchLocks, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FileSnapshotStorage.class);
    private static final int HASH_SHOWN = 16;

    private final Path directory;
    private final Disk disk;
    private final DirectoryLocks locks;
    private final AtomicLong temporaries = new AtomicLong();
    private volatile boolean closed;

    FileSnapshotStorage(Path directory, boolean processes, Disk disk) {
        this.directory = directory.toAbsolutePath().normalize();
        this.disk = disk;
        this.locks = new DirectoryLocks(this.directory, processes, Scheduler.system());
        Leftovers.removeOfTheDead(this.directory, locks);
    }

    /** Records in this directory, which other processes may share: each of them must use the same file system locks. */
    public static FileSnapshotStorage in(Path directory) {
        return new FileSnapshotStorage(directory, true, new RealDisk());
    }

    /** Records in this directory, which no other process uses: needs no locks of the file system. */
    public static FileSnapshotStorage alone(Path directory) {
        return new FileSnapshotStorage(directory, false, new RealDisk());
    }

    /** The directory. */
    public Path directory() {
        return directory;
    }

    @Override
    public Optional<RecordBytes> load(String topic) throws IOException {
        return RecordFile.read(fileOf(topic), topic);
    }

    @Override
    public boolean save(String topic, RecordVersion version, RecordBytes record) throws IOException {
        requireOpen();
        Path file = fileOf(topic);
        if (!isNewer(version, RecordFile.labelOf(file, topic))) {
            return false;
        }
        Files.createDirectories(directory);
        String base = FileNames.of(topic);
        Path temporary = directory.resolve(Leftovers.temporary(base, locks.owner(), temporaries.incrementAndGet()));
        boolean renamed = false;
        try {
            write(temporary, RecordFile.label(topic, version), record);
            renamed = replace(topic, version, temporary, file);
        } finally {
            if (!renamed) {
                remove(temporary);
            }
        }
        if (renamed) {
            disk.forceNames(directory);
        }
        return renamed;
    }

    private void write(Path temporary, byte[] label, RecordBytes record) throws IOException {
        try (Disk.Sink sink = disk.create(temporary)) {
            sink.write(label);
            record.writeTo(sink);
            sink.force();
        }
    }

    private boolean replace(String topic, RecordVersion version, Path temporary, Path file) throws IOException {
        LockFile.Held held = locks.forReplacing(topic);
        try {
            RecordFile.Label there = RecordFile.labelOf(file, topic);
            if (!isNewer(version, there)) {
                return false;
            }
            if (there != null && there.version() == null) {
                moveAside(topic, file, RecordFile.read(file, topic).orElseThrow());
            }
            disk.rename(temporary, file);
            return true;
        } finally {
            held.release();
        }
    }

    private static boolean isNewer(RecordVersion version, RecordFile.@Nullable Label there) {
        RecordVersion replaced = there == null ? null : there.version();
        return replaced == null || version.isNewerThan(replaced);
    }

    private void remove(Path temporary) {
        try {
            disk.delete(temporary);
        } catch (IOException e) {
            log.debug("{} was not removed", temporary, e);
        }
    }

    @Override
    public String setAside(String topic, RecordBytes unreadable) throws IOException {
        requireOpen();
        LockFile.Held held = locks.forReplacing(topic);
        try {
            Path file = fileOf(topic);
            Optional<RecordBytes> there = RecordFile.read(file, topic);
            if (there.isEmpty() || !there.get().equals(unreadable)) {
                return "nowhere: another record has taken its place";
            }
            return moveAside(topic, file, unreadable);
        } finally {
            held.release();
        }
    }

    /* Under the topic's lock. The same bytes get the same name. */
    private String moveAside(String topic, Path file, RecordBytes record) throws IOException {
        String base = FileNames.of(topic);
        String mark = FileNames.hash(record).substring(0, HASH_SHOWN);
        Path aside = directory.resolve(base + "." + mark + FileNames.CORRUPT);
        disk.rename(file, aside);
        disk.forceNames(directory);
        Leftovers.limitAside(directory, base);
        return aside.toString();
    }

    @Override
    public Optional<FetchLock> tryLock(String topic) throws IOException {
        requireOpen();
        Files.createDirectories(directory);
        return locks.forFetching(topic);
    }

    /**
     * Watches the directory for what siblings save.
     *
     * @param interval how often to look
     * @param executor where the directory is read and listeners are called
     */
    public StorageWatch watch(Duration interval, Scheduler scheduler, Executor executor) {
        Durations.positive("the interval at which " + directory + " is watched", interval);
        return new DirectoryWatch(this, interval, scheduler, executor);
    }

    Path fileOf(String topic) {
        return directory.resolve(FileNames.of(topic) + FileNames.RECORD);
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the storage in " + directory + " is closed");
        }
    }

    /** Gives back what the storage holds of the file system; only {@link #load} works afterwards. Idempotent. */
    @Override
    public void close() {
        closed = true;
        locks.close();
    }
}
