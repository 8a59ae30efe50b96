package io.statesync.persistence;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock file of a directory: each lock is one byte of it, locked by the operating system, which gives it back when the
 * process dies. There is one open channel per directory and process, open just as long as any lock is held, because closing one channel of a file gives back the locks of all others (POSIX). Within the process the positions are a set,
 * because the operating system knows processes only. Safe for use by any thread.
 */
final class LockFile {

    private static final Logger log = LoggerFactory.getLogger(FileSnapshotStorage.class);
    private static final String NAME = "statesync.lock";

    private static final ReentrantLock FILES_LOCK = new ReentrantLock();
    /* guarded by FILES_LOCK; an entry per directory that this process has used */
    private static final Map<Path, LockFile> FILES = new HashMap<>();

    private final Path file;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private final Map<Long, Held> held = new HashMap<>();
    private @Nullable Opened opened;

    private LockFile(Path file) {
        this.file = file;
    }

    /** The one of this directory, which exists. */
    static LockFile in(Path directory) throws IOException {
        Path file = directory.toRealPath().resolve(NAME);
        FILES_LOCK.lock();
        try {
            return FILES.computeIfAbsent(file, LockFile::new);
        } finally {
            FILES_LOCK.unlock();
        }
    }

    /**
     * Takes the lock if nobody has it.
     *
     * @param processes whether other processes count
     * @throws IOException if the file cannot be opened or the file system has no locks
     */
    @Nullable
    Held tryLock(long position, boolean processes) throws IOException {
        lock.lock();
        try {
            if (held.containsKey(position)) {
                return null;
            }
            Held taken = new Held(position, null);
            if (processes) {
                Opened now = open();
                FileLock osLock = now.channel.tryLock(position, 1, false);
                if (osLock == null) {
                    now.closeIfUnused();
                    return null;
                }
                now.users++;
                taken = new Held(position, new OsLock(osLock, now));
            }
            held.put(position, taken);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /* Under the lock. The file may have been deleted with its directory: then others lock another one of its name. */
    private Opened open() throws IOException {
        Object key = keyOf(file);
        Opened now = opened;
        if (now != null && now.channel.isOpen() && key != null && key.equals(now.key)) {
            return now;
        }
        FileChannel channel = new RandomAccessFile(file.toFile(), "rw").getChannel();
        Object created = Objects.requireNonNullElse(keyOf(file), file);
        Opened fresh = new Opened(channel, created);
        opened = fresh;
        if (now != null) {
            now.closeIfUnused();
        }
        return fresh;
    }

    private static @Nullable Object keyOf(Path file) throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file : key;
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    private void release(Held released) {
        lock.lock();
        try {
            if (!held.remove(released.position, released)) {
                return;
            }
            OsLock os = released.os;
            if (os != null) {
                os.lock.release();
                os.on.users--;
                os.on.closeIfUnused();
            }
        } catch (IOException e) {
            log.debug("A lock on {} was not given back", file, e);
        } finally {
            lock.unlock();
        }
    }

    /** A lock that this process has. */
    final class Held {

        private final long position;
        private final @Nullable OsLock os;

        private Held(long position, @Nullable OsLock os) {
            this.position = position;
            this.os = os;
        }

        /** Whether it is on the file that others would lock now. */
        boolean isCurrent() {
            lock.lock();
            try {
                return os == null || os.on == opened;
            } finally {
                lock.unlock();
            }
        }

        void release() {
            LockFile.this.release(this);
        }
    }

    private record OsLock(FileLock lock, Opened on) {}

    private static final class Opened {

        private final FileChannel channel;
        private final Object key;
        private int users;

        private Opened(FileChannel channel, Object key) {
            this.channel = channel;
            this.key = key;
        }

        private void closeIfUnused() {
            if (users == 0) {
                try {
                    channel.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
