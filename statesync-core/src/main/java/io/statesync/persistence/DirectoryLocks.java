package io.statesync.persistence;

import io.statesync.policy.Scheduler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The locks of one storage on its directory: for a moment while a record is replaced, as long as a fetch takes, and as long as
 * the storage lives, so that its temporary files can be told from those of the dead. Safe for use by any thread.
 */
final class DirectoryLocks {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

    private static final long FETCHES = 1L << 33;
    private static final long OWNERS = 1L << 34;

    private final Path directory;
    private final boolean processes;
    private final Scheduler scheduler;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private LockFile.@Nullable Held owner;
    private int ownerId;

    DirectoryLocks(Path directory, boolean processes, Scheduler scheduler) {
        this.directory = directory;
        this.processes = processes;
        this.scheduler = scheduler;
    }

    /** Waits for the right to replace the topic's record. */
    LockFile.Held forReplacing(String topic) throws IOException {
        long begun = scheduler.now();
        Duration pause = Duration.ofMillis(1);
        while (true) {
            LockFile.Held held = file().tryLock(hash(topic), processes);
            if (held != null) {
                return held;
            }
            if (scheduler.now() - begun > LONGEST_WAIT.toNanos()) {
                throw new IOException("the record of topic " + topic + " in " + directory
                        + " was locked by somebody else for " + LONGEST_WAIT.toSeconds() + " s");
            }
            sleep(pause);
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void sleep(Duration pause) throws InterruptedIOException {
        try {
            scheduler.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a lock in " + directory);
        }
    }

    /** The right to fetch the topic for all, if nobody has it. */
    Optional<FetchLocks.FetchLock> forFetching(String topic) throws IOException {
        LockFile.Held held = file().tryLock(FETCHES + hash(topic), processes);
        return held == null ? Optional.empty() : Optional.of(held::release);
    }

    /** The mark of this storage's temporary files; held until {@link #close}. */
    int owner() throws IOException {
        lock.lock();
        try {
            LockFile.Held now = owner;
            if (now != null && now.isCurrent()) {
                return ownerId;
            }
            close();
            while (owner == null) {
                ownerId = ThreadLocalRandom.current().nextInt();
                owner = file().tryLock(positionOf(ownerId), processes);
            }
            return ownerId;
        } finally {
            lock.unlock();
        }
    }

    /** Whether no living storage has this mark. */
    boolean isDead(int ownerOfFile) throws IOException {
        LockFile.Held taken = file().tryLock(positionOf(ownerOfFile), processes);
        if (taken == null) {
            return false;
        }
        taken.release();
        return true;
    }

    void close() {
        lock.lock();
        try {
            if (owner != null) {
                owner.release();
                owner = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private LockFile file() throws IOException {
        return LockFile.in(directory);
    }

    private static long positionOf(int owner) {
        return OWNERS + Integer.toUnsignedLong(owner);
    }

    /* Two topics with the same one share a lock: they wait for each other, and that is all. */
    private static long hash(String topic) {
        byte[] digest = FileNames.sha256().digest(topic.getBytes(StandardCharsets.UTF_8));
        return (digest[0] & 0xFFL) << 24 | (digest[1] & 0xFFL) << 16 | (digest[2] & 0xFFL) << 8 | (digest[3] & 0xFFL);
    }
}
