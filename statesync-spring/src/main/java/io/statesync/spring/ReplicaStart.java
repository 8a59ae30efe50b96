package io.statesync.spring;

import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.policy.Durations;
import io.statesync.policy.RetryAfter;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts one replica, again and again with the catch-up back-off, until it runs or is stopped. While its transport does not
 * get a subscription, snapshots are fetched from time to time all the same: a source whose events cannot be heard (a proxy
 * that lets no web socket through) still serves its state, only later.
 */
final class ReplicaStart {

    private static final Logger log = LoggerFactory.getLogger(ReplicaStart.class);

    /** How long a subscription may take before a snapshot is fetched without one. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Replica replica;
    private final Scheduler scheduler;
    private final CompletableFuture<Void> running = new CompletableFuture<>();

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private boolean stopped;
    /** Done when the attempt that is being made has been handed to the sync. */
    private CompletableFuture<Void> handedOver = CompletableFuture.completedFuture(null);

    private int failures;
    private Scheduler.@Nullable Timer timer;
    /** When the timer elapses; null while an attempt is made, and afterwards. */
    private @Nullable Long nextAt;

    private @Nullable Throwable lastError;

    ReplicaStart(Replica replica, Scheduler scheduler) {
        this.replica = replica;
        this.scheduler = scheduler;
    }

    Replica replica() {
        return replica;
    }

    /** Completes when the replica has its first snapshot, or nobody is to wait for it; cancelled by a stop. */
    CompletableFuture<Void> running() {
        return running;
    }

    /**
     * Completes when the application need not wait any longer: when it runs, or with {@link Startup#PERSISTED_FIRST} when
     * something was restored.
     */
    CompletableFuture<Void> ready() {
        PersistedTopic persisted = replica.persisted();
        return persisted == null || replica.settings().startup() != Startup.PERSISTED_FIRST
                ? running
                : CompletableFuture.anyOf(running, persisted.restored()).thenRun(() -> {});
    }

    /** When it is tried again, from now; null if nothing is planned. */
    @Nullable
    Duration untilNext() {
        lock.lock();
        try {
            return nextAt == null || stopped ? null : Duration.ofNanos(Math.max(0, nextAt - scheduler.now()));
        } finally {
            lock.unlock();
        }
    }

    /** Why the last attempt failed. */
    @Nullable
    Throwable lastError() {
        lock.lock();
        try {
            return lastError;
        } finally {
            lock.unlock();
        }
    }

    void attempt() {
        CompletableFuture<Void> handing = new CompletableFuture<>();
        if (running.isDone() || !begins(handing)) {
            return;
        }
        RevisionSync<?> sync = replica.sync();
        CompletableFuture<Void> attempt;
        try {
            attempt = sync.startAsync();
        } catch (RuntimeException | Error e) {
            attempt = CompletableFuture.failedFuture(e);
        }
        handing.complete(null);
        fetchMeanwhile(attempt, PATIENCE);
        attempt.whenComplete((done, error) -> {
            if (error == null) {
                running.complete(null);
            } else if (sync.status().state() == SyncState.STOPPED) {
                cancelled();
            } else {
                failed(Reasons.unwrapped(error));
            }
        });
    }

    private boolean begins(CompletableFuture<Void> handing) {
        lock.lock();
        try {
            if (!stopped) {
                handedOver = handing;
                nextAt = null;
            }
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    private void fetchMeanwhile(CompletableFuture<Void> attempt, Duration delay) {
        if (attempt.isDone()) {
            return;
        }
        Scheduler.Timer meanwhile = scheduler.schedule(
                () -> {
                    if (!attempt.isDone()) {
                        replica.sync().refresh();
                        fetchMeanwhile(attempt, replica.settings().catchUp().max());
                    }
                },
                delay);
        attempt.whenComplete((done, error) -> meanwhile.cancel());
    }

    /** A stop after which nobody waits in vain: the start of an application goes on without a topic that is paused. */
    CompletableFuture<Void> pause() {
        running.complete(null);
        return stop();
    }

    CompletableFuture<Void> stop() {
        CompletableFuture<Void> attempted;
        lock.lock();
        try {
            stopped = true;
            attempted = handedOver;
            if (timer != null) {
                timer.cancel();
            }
        } finally {
            lock.unlock();
        }
        cancelled();
        // not before an attempt on another thread: it would start the sync again behind this stop
        return attempted.thenCompose(handed -> replica.sync().stopAsync());
    }

    private void cancelled() {
        running.completeExceptionally(
                new CancellationException("the replica of topic \"" + replica.topic() + "\" was stopped"));
    }

    private void failed(Throwable error) {
        int failed;
        lock.lock();
        try {
            lastError = error;
            failed = ++failures;
        } finally {
            lock.unlock();
        }
        Duration delay = RetryAfter.atLeast(replica.settings().catchUp().delay(failed), error);
        log.debug("Topic {} could not be started, attempt {}; next one in {}", replica.topic(), failed, delay, error);
        planned(scheduler.now() + Durations.nanos(delay));
        armed(scheduler.schedule(this::attempt, delay));
    }

    /* Before the timer is there: it may elapse at once. */
    private void planned(long at) {
        lock.lock();
        try {
            nextAt = at;
        } finally {
            lock.unlock();
        }
    }

    private void armed(Scheduler.Timer next) {
        lock.lock();
        try {
            timer = next;
            if (!stopped) {
                return;
            }
        } finally {
            lock.unlock();
        }
        next.cancel();
    }
}
