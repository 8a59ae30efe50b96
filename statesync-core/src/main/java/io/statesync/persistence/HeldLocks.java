package io.statesync.persistence;

import io.statesync.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetch locks that are held until what was fetched under them is saved, or will not be. Safe for use by any thread. */
final class HeldLocks {

    private static final Logger log = LoggerFactory.getLogger(SnapshotPersistence.class);

    private final ReentrantLock lock = new ReentrantLock();

    /* guarded by lock */
    private final List<Held> held = new ArrayList<>();

    void hold(FetchLocks.FetchLock fetchLock, Revision until) {
        lock.lock();
        try {
            held.add(new Held(fetchLock, until));
        } finally {
            lock.unlock();
        }
    }

    boolean any() {
        lock.lock();
        try {
            return !held.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** What was fetched up to this revision is saved, or something newer. */
    void release(Revision saved) {
        List<Held> done;
        lock.lock();
        try {
            done = held.stream().filter(it -> !it.until.isNewerThan(saved)).toList();
            held.removeAll(done);
        } finally {
            lock.unlock();
        }
        close(done);
    }

    /** Nothing will be saved for now. */
    void releaseAll() {
        List<Held> all;
        lock.lock();
        try {
            all = List.copyOf(held);
            held.clear();
        } finally {
            lock.unlock();
        }
        close(all);
    }

    private static void close(List<Held> locks) {
        for (Held it : locks) {
            try {
                it.fetchLock.close();
            } catch (RuntimeException | Error thrown) {
                log.debug("A fetch lock was not given back", thrown);
            }
        }
    }

    private record Held(FetchLocks.FetchLock fetchLock, Revision until) {}
}
