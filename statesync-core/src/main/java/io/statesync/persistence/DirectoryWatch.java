package io.statesync.persistence;

import io.statesync.policy.Durations;
import io.statesync.policy.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the time of a directory's last change, and only if that is new at its files. Nothing runs while nobody follows.
 * Safe for use by any thread.
 */
final class DirectoryWatch implements StorageWatch {

    private static final Logger log = LoggerFactory.getLogger(FileSnapshotStorage.class);

    /** The coarsest clock that a file system has, and a half: a change may bear the time of an earlier look. */
    private static final Duration COARSEST = Duration.ofSeconds(3);

    private final FileSnapshotStorage storage;
    private final Duration interval;
    private final Scheduler scheduler;
    private final Executor executor;
    private final int looksAfterChange;
    private final List<Followed> topics = new CopyOnWriteArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private boolean ticking;
    private boolean closed;

    /* touched by one look after the other */
    private volatile @Nullable FileTime seen;
    private volatile int looksLeft;

    DirectoryWatch(FileSnapshotStorage storage, Duration interval, Scheduler scheduler, Executor executor) {
        this.storage = storage;
        this.interval = interval;
        this.scheduler = scheduler;
        this.executor = executor;
        this.looksAfterChange = (int) Math.min(Integer.MAX_VALUE, 1 + COARSEST.toNanos() / Durations.nanos(interval));
    }

    @Override
    public SnapshotPersistence.Registration follow(String topic, Consumer<? super RecordVersion> changed) {
        Followed followed = new Followed(topic, storage.fileOf(topic), changed);
        topics.add(followed);
        followed.isNew = true;
        boolean start;
        lock.lock();
        try {
            start = !ticking && !closed;
            ticking |= start;
        } finally {
            lock.unlock();
        }
        if (start) {
            later();
        }
        return () -> topics.remove(followed);
    }

    private void later() {
        try {
            scheduler.schedule(this::elapsed, interval);
        } catch (RuntimeException | Error refused) {
            log.debug("No timer to watch {}", storage.directory(), refused);
            stopTicking();
        }
    }

    /* On the timer's thread. */
    private void elapsed() {
        boolean idle;
        lock.lock();
        try {
            idle = closed || topics.isEmpty();
            ticking = !idle;
        } finally {
            lock.unlock();
        }
        if (idle) {
            return;
        }
        try {
            executor.execute(this::lookAndGoOn);
        } catch (RuntimeException | Error refused) {
            log.debug("No thread to watch {}", storage.directory(), refused);
            later();
        }
    }

    private void lookAndGoOn() {
        try {
            look();
        } finally {
            later();
        }
    }

    private void look() {
        FileTime now = changedAt(storage.directory());
        if (now != null && !now.equals(seen)) {
            seen = now;
            looksLeft = looksAfterChange;
        }
        boolean changed = looksLeft > 0;
        looksLeft = Math.max(0, looksLeft - 1);
        for (Followed topic : topics) {
            if (changed || topic.isNew) {
                topic.isNew = false;
                topic.look(seen);
            }
        }
    }

    private void stopTicking() {
        lock.lock();
        try {
            ticking = false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        topics.clear();
    }

    private static @Nullable FileTime changedAt(Path directory) {
        try {
            return Files.getLastModifiedTime(directory);
        } catch (IOException notThere) {
            return null;
        }
    }

    /** A topic, and what was last seen of its file. Looked at by one thread at a time. */
    private static final class Followed {

        private final String topic;
        private final Path file;
        private final Consumer<? super RecordVersion> changed;
        private volatile boolean isNew;
        private volatile @Nullable Stamp stamp;
        private volatile @Nullable RecordVersion told;

        private Followed(String topic, Path file, Consumer<? super RecordVersion> changed) {
            this.topic = topic;
            this.file = file;
            this.changed = changed;
        }

        private void look(@Nullable FileTime directoryChanged) {
            try {
                Stamp now = Stamp.of(Files.readAttributes(file, BasicFileAttributes.class));
                if (now.equals(stamp) && !now.mayHideAChange(directoryChanged)) {
                    return;
                }
                RecordFile.Label label = RecordFile.labelOf(file, topic);
                RecordVersion version = label == null ? null : label.version();
                stamp = now;
                if (version != null && !version.equals(told)) {
                    told = version;
                    changed.accept(version);
                }
            } catch (IOException notThere) {
                stamp = null;
                told = null;
            } catch (RuntimeException | Error thrown) {
                log.debug("A listener of the file of topic {} failed", topic, thrown);
            }
        }
    }

    private record Stamp(
            FileTime changed, long size, @Nullable Object key) {

        /* A file that is replaced twice within one tick of the file system's clock may get its former number again. */
        boolean mayHideAChange(@Nullable FileTime directoryChanged) {
            return directoryChanged != null && directoryChanged.toMillis() - changed.toMillis() < COARSEST.toMillis();
        }

        static Stamp of(BasicFileAttributes attributes) {
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }
    }
}
