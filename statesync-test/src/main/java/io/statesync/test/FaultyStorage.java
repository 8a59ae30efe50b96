package io.statesync.test;

import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import io.statesync.persistence.SnapshotStorage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A storage before another one, which counts, fails and hangs as told. Safe for use by any thread. */
public final class FaultyStorage implements SnapshotStorage {

    private final SnapshotStorage target;
    private final List<RecordVersion> attempts = new CopyOnWriteArrayList<>();
    private volatile @Nullable IOException saveFailure;
    private volatile @Nullable IOException loadFailure;
    private volatile @Nullable CountDownLatch gate;

    /** One that does as the target does, until told otherwise. */
    public FaultyStorage(SnapshotStorage target) {
        this.target = target;
    }

    /** From now on saves fail with this, or work again. */
    public void failSaves(@Nullable IOException failure) {
        saveFailure = failure;
    }

    /** From now on loads fail with this, or work again. */
    public void failLoads(@Nullable IOException failure) {
        loadFailure = failure;
    }

    /** From now on saves hang. */
    public void hold() {
        gate = new CountDownLatch(1);
    }

    /** Lets all that hang go on. */
    public void release() {
        CountDownLatch closed = gate;
        gate = null;
        if (closed != null) {
            closed.countDown();
        }
    }

    /** The versions that were to be saved, in order, whatever came of it. */
    public List<RecordVersion> attempts() {
        return List.copyOf(attempts);
    }

    @Override
    public Optional<RecordBytes> load(String topic) throws IOException {
        IOException failure = loadFailure;
        if (failure != null) {
            throw failure;
        }
        return target.load(topic);
    }

    @Override
    public boolean save(String topic, RecordVersion version, RecordBytes record) throws IOException {
        attempts.add(version);
        CountDownLatch closed = gate;
        if (closed != null) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while hanging", e);
            }
        }
        IOException failure = saveFailure;
        if (failure != null) {
            throw failure;
        }
        return target.save(topic, version, record);
    }

    @Override
    public String setAside(String topic, RecordBytes unreadable) throws IOException {
        return target.setAside(topic, unreadable);
    }
}
