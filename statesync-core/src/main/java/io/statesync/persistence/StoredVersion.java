package io.statesync.persistence;

import io.statesync.Revision;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What is known of the record in the storage, without asking it again. Safe for use by any thread. */
final class StoredVersion {

    private final ReentrantLock lock = new ReentrantLock();

    /* guarded by lock */
    private @Nullable RecordVersion stored;
    private Revision newest = Revision.ZERO;

    /** The storage has this version, or something newer. */
    void atLeast(RecordVersion version) {
        lock.lock();
        try {
            see(version.revision());
            stored = stored == null || version.isNewerThan(stored) ? version : stored;
        } finally {
            lock.unlock();
        }
    }

    /** The storage has exactly this version, because what was newer was set aside. */
    void exactly(RecordVersion version) {
        lock.lock();
        try {
            see(version.revision());
            stored = version;
        } finally {
            lock.unlock();
        }
    }

    /** What the storage had was set aside. */
    void forget() {
        lock.lock();
        try {
            stored = null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the storage is not known to have this or something newer. */
    boolean lacks(RecordVersion version) {
        lock.lock();
        try {
            return stored == null || version.isNewerThan(stored);
        } finally {
            lock.unlock();
        }
    }

    /** This revision was applied here; if the source went back to it, what was newer does not count any more. */
    void seen(Revision revision, boolean wentBack) {
        lock.lock();
        try {
            newest = wentBack || revision.isNewerThan(newest) ? revision : newest;
        } finally {
            lock.unlock();
        }
    }

    /** The newest revision that was applied, saved or loaded here. */
    Revision newest() {
        lock.lock();
        try {
            return newest;
        } finally {
            lock.unlock();
        }
    }

    private void see(Revision revision) {
        newest = revision.isNewerThan(newest) ? revision : newest;
    }
}
