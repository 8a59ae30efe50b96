package io.statesync.spring;

import io.statesync.RevisionSync;
import io.statesync.policy.Scheduler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The sync of a topic that was opened at run time. It remembers whether whoever opened it wants it to run, so that a context
 * that is paused stops it, and starts it again when it goes on.
 */
final class OpenedSync<T> extends ForwardingSync<T> {

    private final Replica replica;
    private final OpenTopics owner;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private boolean wanted;
    private boolean paused;
    private @Nullable ReplicaStart resuming;
    /** The newest start: how an older one ends says nothing any more. */
    private Object attempt = this;

    OpenedSync(RevisionSync<T> sync, SourceLog source, TopicSettings settings, OpenTopics owner) {
        super(sync);
        this.replica = new Replica(sync.topic(), source, settings, sync);
        this.owner = owner;
    }

    Replica replica() {
        return replica;
    }

    // ---- the context

    /** The context is paused or closed. */
    CompletableFuture<Void> pause() {
        lock.lock();
        try {
            if (!wanted) {
                return CompletableFuture.completedFuture(null);
            }
            paused = true;
        } finally {
            lock.unlock();
        }
        return halt();
    }

    /** The context goes on: what ran is started again, as often as it takes. */
    void resume(Scheduler scheduler) {
        ReplicaStart start = new ReplicaStart(replica, scheduler);
        lock.lock();
        try {
            if (!wanted || !paused) {
                return;
            }
            paused = false;
            resuming = start;
            attempt = start;
        } finally {
            lock.unlock();
        }
        start.attempt();
    }

    private CompletableFuture<Void> halt() {
        ReplicaStart start;
        lock.lock();
        try {
            start = resuming;
            resuming = null;
        } finally {
            lock.unlock();
        }
        return start == null ? sync.stopAsync() : start.stop();
    }

    private Object want(boolean run) {
        Object begun = new Object();
        lock.lock();
        try {
            wanted = run;
            paused = false;
            attempt = begun;
        } finally {
            lock.unlock();
        }
        return begun;
    }

    /* A start that a pause has ended, or that the context makes again and again, is still wanted. */
    private void startFailed(Object begun) {
        lock.lock();
        try {
            wanted &= paused || resuming != null || attempt != begun;
        } finally {
            lock.unlock();
        }
    }

    /* A pause may have come before the start that it was to end. */
    private void stopIfPaused() {
        boolean late;
        lock.lock();
        try {
            late = paused;
        } finally {
            lock.unlock();
        }
        if (late) {
            sync.stopAsync();
        }
    }

    // ---- whoever opened it

    @Override
    public CompletableFuture<Void> startAsync() {
        Object begun = want(true);
        CompletableFuture<Void> started = sync.startAsync();
        started.whenComplete((done, error) -> {
            if (error != null) {
                startFailed(begun);
            }
        });
        stopIfPaused();
        return started;
    }

    @Override
    public void start() {
        Object begun = want(true);
        try {
            sync.start();
        } catch (RuntimeException e) {
            startFailed(begun);
            throw e;
        }
        stopIfPaused();
    }

    @Override
    public CompletableFuture<Void> stopAsync() {
        want(false);
        return halt();
    }

    @Override
    public void stop() {
        stopAsync().join();
    }

    @Override
    public void close() {
        stop();
        sync.close();
        owner.closed(this);
    }
}
