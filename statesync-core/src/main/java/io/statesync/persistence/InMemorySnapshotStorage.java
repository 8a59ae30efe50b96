package io.statesync.persistence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps records in memory: for tests, and where a restart of the context, not of the process, is to be survived. */
public final class InMemorySnapshotStorage implements SnapshotStorage {

    private static final int MOST_ASIDE = 10;

    private final ReentrantLock lock = new ReentrantLock();

    /* guarded by lock */
    private final Map<String, Held> records = new HashMap<>();
    private final Map<String, Deque<RecordBytes>> aside = new HashMap<>();

    /** An empty one. */
    public InMemorySnapshotStorage() {}

    @Override
    public Optional<RecordBytes> load(String topic) {
        lock.lock();
        try {
            return Optional.ofNullable(records.get(topic)).map(Held::record);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean save(String topic, RecordVersion version, RecordBytes record) {
        lock.lock();
        try {
            Held there = records.get(topic);
            if (there != null && !version.isNewerThan(there.version)) {
                return false;
            }
            records.put(topic, new Held(version, record));
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String setAside(String topic, RecordBytes unreadable) {
        lock.lock();
        try {
            Held there = records.get(topic);
            if (there == null || !there.record.equals(unreadable)) {
                return "nowhere: another record has taken its place";
            }
            records.remove(topic);
            Deque<RecordBytes> kept = aside.computeIfAbsent(topic, it -> new ArrayDeque<>());
            kept.addLast(unreadable);
            if (kept.size() > MOST_ASIDE) {
                kept.removeFirst();
            }
            return "in the memory of this process";
        } finally {
            lock.unlock();
        }
    }

    /** What was set aside, in order; the newest ten of each topic. */
    public List<RecordBytes> asideOf(String topic) {
        lock.lock();
        try {
            return new ArrayList<>(aside.getOrDefault(topic, new ArrayDeque<>()));
        } finally {
            lock.unlock();
        }
    }

    private record Held(RecordVersion version, RecordBytes record) {}
}
