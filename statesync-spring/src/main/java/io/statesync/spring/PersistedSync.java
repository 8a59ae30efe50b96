package io.statesync.spring;

import io.statesync.RevisionSync;
import io.statesync.SyncState;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A sync that restores its topic before it subscribes, and whose stop saves what is not saved yet. */
final class PersistedSync extends ForwardingSync<Object> {

    private final PersistedTopic persisted;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock: the start that has not been handed to the sync yet */
    private @Nullable Start starting;
    /** How often it was stopped: a start that waits for the storage is not made after one. */
    private int stops;

    PersistedSync(RevisionSync<Object> sync, PersistedTopic persisted) {
        super(sync);
        this.persisted = persisted;
    }

    PersistedTopic persisted() {
        return persisted;
    }

    @Override
    public CompletableFuture<Void> startAsync() {
        Start mine = new Start();
        lock.lock();
        try {
            if (starting != null) {
                return starting.outcome();
            }
            starting = mine;
        } finally {
            lock.unlock();
        }
        if (sync.status().state() == SyncState.STOPPED) {
            // it takes nothing before it starts again
            handOver(mine);
            persisted.restore(sync);
        } else {
            persisted.restore(sync).thenRun(() -> handOver(mine));
        }
        return mine.outcome();
    }

    private void handOver(Start mine) {
        lock.lock();
        try {
            if (starting != mine) {
                return;
            }
            mine.handing = true;
        } finally {
            lock.unlock();
        }
        CompletableFuture<Void> started;
        try {
            persisted.follow(sync);
            started = sync.startAsync();
        } catch (RuntimeException | Error e) {
            started = CompletableFuture.failedFuture(e);
        }
        lock.lock();
        try {
            starting = null;
        } finally {
            lock.unlock();
        }
        mine.handedOver.complete(null);
        started.whenComplete((done, error) -> mine.end(error));
    }

    @Override
    public void start() {
        int before = stops();
        try {
            persisted.restore(sync).get();
        } catch (InterruptedException e) {
            // the sync finds the flag set, and says that it was interrupted
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a restore does not fail", e);
        }
        if (stops() != before) {
            throw stopped();
        }
        persisted.follow(sync);
        sync.start();
    }

    private int stops() {
        lock.lock();
        try {
            return stops;
        } finally {
            lock.unlock();
        }
    }

    private CancellationException stopped() {
        return new CancellationException("the sync of topic \"" + topic() + "\" was stopped");
    }

    @Override
    public CompletableFuture<Void> stopAsync() {
        Start ended = null;
        CompletableFuture<Void> handedOver = CompletableFuture.completedFuture(null);
        lock.lock();
        try {
            stops++;
            if (starting != null && starting.handing) {
                handedOver = starting.handedOver;
            } else {
                ended = starting;
                starting = null;
            }
        } finally {
            lock.unlock();
        }
        // not before a start on another thread: it would start the sync again behind this stop
        CompletableFuture<Void> stop = handedOver.thenCompose(handed -> {
            persisted.unfollow();
            return sync.stopAsync();
        });
        if (ended != null) {
            ended.end(stopped());
        }
        return stop.thenCompose(done -> persisted.saved());
    }

    @Override
    public void stop() {
        stopAsync().join();
    }

    @Override
    public void close() {
        stop();
        sync.close();
        persisted.close();
    }

    /** A start that waits for the restore, or is just being handed to the sync. */
    private static final class Start {

        final CompletableFuture<Void> result = new CompletableFuture<>();
        final CompletableFuture<Void> handedOver = new CompletableFuture<>();
        /** Guarded by the lock. */
        boolean handing;

        /** Of its own for each caller, with the error as it is. */
        CompletableFuture<Void> outcome() {
            CompletableFuture<Void> own = new CompletableFuture<>();
            result.whenComplete((done, error) -> complete(own, error));
            return own;
        }

        void end(@Nullable Throwable error) {
            complete(result, error);
        }

        private static void complete(CompletableFuture<Void> future, @Nullable Throwable error) {
            if (error == null) {
                future.complete(null);
            } else {
                future.completeExceptionally(error);
            }
        }
    }
}
