package io.statesync.mutation;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Binds a collection to a topic (MUTATIONS 6): the applier of its {@link RevisionSync}, and the source of the collection.
 * A snapshot's data is a {@code Map<K, T>} or a {@code Collection<T>}. Safe for use by any thread.
 */
public final class TopicRows<K, T> implements SyncSource<K, T>, SnapshotApplier<Object>, Refresher {

    private final String topic;
    private final ReentrantLock lock = new ReentrantLock();

    /* guarded by lock */
    private @Nullable SyncSink<K, T> sink;
    /** What the collection waits for as its initial data; null if it does not. */
    private @Nullable CompletableFuture<SyncedRows<T>> awaited;

    /** What came before the collection asked. */
    private @Nullable SyncedRows<T> early;

    private @Nullable Revision newest;

    private volatile @Nullable RevisionSync<?> sync;

    private TopicRows(String topic) {
        this.topic = topic;
    }

    /** The rows of this topic. */
    public static <K, T> TopicRows<K, T> of(String topic) {
        return new TopicRows<>(topic);
    }

    /** The topic. */
    public String topic() {
        return topic;
    }

    /** Says whom to ask for newer rows: the sync that this is the applier of. */
    public void bind(RevisionSync<?> itsSync) {
        sync = itsSync;
    }

    @Override
    public CompletionStage<SyncedRows<T>> setup(SyncSink<K, T> newSink) {
        boolean lateComer;
        CompletableFuture<SyncedRows<T>> initial = new CompletableFuture<>();
        lock.lock();
        try {
            sink = newSink;
            SyncedRows<T> known = early;
            early = null;
            if (known != null) {
                return CompletableFuture.completedStage(known);
            }
            awaited = initial;
            lateComer = newest != null;
        } finally {
            lock.unlock();
        }
        if (lateComer) {
            // what was there went to a setup that failed
            refresh(null);
        }
        return initial;
    }

    /**
     * Takes a snapshot: visible when this returns, but for rows that are locked.
     *
     * @throws IllegalArgumentException if its data are not rows
     */
    @Override
    public void apply(SnapshotEnvelope<Object> snapshot) {
        SyncedRows<T> rows = new SyncedRows<>(snapshot.revision(), rows(snapshot.data()));
        SyncSink<K, T> taker;
        CompletableFuture<SyncedRows<T>> waiting;
        boolean wentBack;
        lock.lock();
        try {
            taker = sink;
            waiting = awaited;
            awaited = null;
            early = taker == null ? rows : null;
            wentBack = newest != null && newest.isNewerThan(snapshot.revision());
            newest = snapshot.revision();
        } finally {
            lock.unlock();
        }
        if (waiting != null) {
            waiting.complete(rows);
        } else if (wentBack && taker instanceof ResettableSink<K, T> resettable) {
            resettable.onReset(rows);
        } else if (taker != null) {
            taker.onUpdate(rows);
        }
    }

    @SuppressWarnings("unchecked")
    private Collection<T> rows(@Nullable Object data) {
        if (data instanceof Map<?, ?> map) {
            return (Collection<T>) map.values();
        }
        if (data instanceof Collection<?> collection) {
            return (Collection<T>) collection;
        }
        throw new IllegalArgumentException("topic \"" + topic
                + "\": a collection's snapshot is a map of rows by key, or a" + " collection of rows, got "
                + (data == null ? "null" : data.getClass().getName()));
    }

    @Override
    public void refresh(@Nullable Revision atLeast) {
        RevisionSync<?> asked = sync;
        if (asked == null) {
            return;
        }
        if (atLeast == null) {
            asked.refresh();
        } else {
            asked.announce(atLeast);
        }
    }
}
