package io.statesync.spring;

import io.statesync.RevisionSync;
import io.statesync.SnapshotApplier;
import io.statesync.SyncListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

/**
 * Opens topics whose names are known only at run time, such as {@code cache:user:123}. They are read and kept as the
 * declared ones are: from the source and with the settings of {@code statesync.defaults}, with the beans that are for all
 * topics. The start of the application does not wait for them, and health does not look at them; each has meters of its own
 * once something happens to it. Safe for use by any thread
 * once the context is complete.
 */
public final class RevisionSyncFactory implements AutoCloseable {

    private final TopicPlan plan;
    private final Replicas replicas;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock; one that was closed is forgotten, one that runs is held by its engine, see Handle */
    private final Set<RevisionSync<?>> opened = Collections.newSetFromMap(new WeakHashMap<>());
    private boolean closed;

    public RevisionSyncFactory(TopicRegistrar registrar, Replicas replicas) {
        this.plan = registrar.plan();
        this.replicas = replicas;
    }

    /**
     * Opens a topic. The sync is not started: {@link RevisionSync#startAsync} tells whoever opens it how that went, and may
     * be called again if it failed. It belongs to the caller, who closes it when the topic is of no more use; at the latest
     * it is closed with the application context. A topic may be opened several times, each with a fetch of its own.
     *
     * @throws IllegalArgumentException if the name breaks the rules, or the topic is declared here: its sync is injected
     * @throws SetupException if it is not clear which source it is read from, or that has another type
     * @throws IllegalStateException if the application context is closed
     */
    public <T> RevisionSync<T> open(String topic, Class<T> type, SnapshotApplier<? super T> applier) {
        return open(topic, ResolvableType.forClass(type), applier);
    }

    /** {@link #open(String, Class, SnapshotApplier)} for a generic type, such as {@code List<Price>}. */
    public <T> RevisionSync<T> open(
            String topic, ParameterizedTypeReference<T> type, SnapshotApplier<? super T> applier) {
        return open(topic, ResolvableType.forType(type), applier);
    }

    @SuppressWarnings("unchecked") // the provider reads into this type
    private <T> RevisionSync<T> open(String topic, ResolvableType type, SnapshotApplier<? super T> applier) {
        ReplicaDeclaration replica = plan.undeclared(topic, type);
        Handle handle = new Handle();
        RevisionSync<T> sync = (RevisionSync<T>) replicas.build(replica, (SnapshotApplier<Object>) applier, handle);
        handle.sync = sync;
        if (!remember(sync)) {
            sync.close();
            throw new IllegalStateException(
                    "topic \"" + topic + "\" cannot be opened: the application context is closed");
        }
        return sync;
    }

    private boolean remember(RevisionSync<?> sync) {
        lock.lock();
        try {
            if (!closed) {
                opened.add(sync);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Closes what was opened. */
    @Override
    public void close() {
        List<RevisionSync<?>> closing;
        lock.lock();
        try {
            closed = true;
            closing = new ArrayList<>(opened);
            opened.clear();
        } finally {
            lock.unlock();
        }
        closing.forEach(RevisionSync::stopAsync);
        closing.forEach(RevisionSync::close);
    }

    /** Reachable as long as the engine runs, and with it the sync, even if whoever opened it dropped that. */
    private static final class Handle implements SyncListener {

        @SuppressWarnings("UnusedVariable") // it is there to be held
        private volatile @Nullable RevisionSync<?> sync;
    }
}
