package io.statesync.spring;

import io.statesync.Freshness;
import io.statesync.RevisionReader;
import io.statesync.RevisionSync;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.SnapshotProvider;
import io.statesync.StaleStateException;
import io.statesync.SyncStatus;
import io.statesync.persistence.FetchLocks;
import io.statesync.persistence.PersistenceStatistics;
import io.statesync.persistence.SnapshotPersistence;
import io.statesync.persistence.StorageWatch;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the snapshots of one topic outlive this application. Safe for use by any thread. */
public final class PersistedTopic {

    private static final Logger log = LoggerFactory.getLogger(PersistedTopic.class);

    /** How long one of several processes that start together is waited for, before each fetches for itself. */
    private static final Duration SIBLING_LIMIT = Duration.ofSeconds(10);

    private final SnapshotPersistence<Object> persistence;
    private final PersistenceSettings settings;
    private final PersistedStorage storage;
    private final Scheduler scheduler;
    private final Duration restoreLimit;
    private final Duration closeTimeout;

    /** Done once something was restored; never, if nothing is. */
    private final CompletableFuture<Void> restored = new CompletableFuture<>();

    private final AtomicReference<SnapshotPersistence.@Nullable Registration> following = new AtomicReference<>();

    /** Told when the engine is built. */
    private volatile @Nullable Freshness freshness;
    /** A stop has waited for the storage as long as it may; nobody waits a second time. */
    private volatile boolean gaveUp;

    PersistedTopic(
            SnapshotPersistence<Object> persistence,
            PersistenceSettings settings,
            PersistedStorage storage,
            Scheduler scheduler,
            Duration restoreLimit,
            Duration closeTimeout) {
        this.persistence = persistence;
        this.settings = settings;
        this.storage = storage;
        this.scheduler = scheduler;
        this.restoreLimit = restoreLimit;
        this.closeTimeout = closeTimeout;
    }

    // ---- what an operator sees and asks

    /** What the configuration calls the storage. */
    public String storage() {
        return settings.storage();
    }

    /** What was saved and restored so far. */
    public PersistenceStatistics statistics() {
        return persistence.statistics();
    }

    /** Whether something waits to be saved, or is being saved. */
    public boolean pending() {
        return persistence.pending();
    }

    /** Saves what is pending at once; fails with what the storage threw. */
    public CompletableFuture<Void> flush() {
        return persistence.flush();
    }

    /** Removes the record, for all who share the storage; what is applied stays. Fails with what the storage threw. */
    public CompletableFuture<Void> clear() {
        return persistence.clear();
    }

    /** Whether what is read was restored, and no fetch or probe of this process has found it current yet. */
    public boolean unconfirmed(SyncStatus status) {
        return status.hasData() && status.age() == null && statistics().restoredRevision() != null;
    }

    /** Whether reads are answered: not if nobody has found the data current for longer than the topic allows. */
    public boolean readable() {
        Freshness rule = freshness;
        if (rule == null) {
            return true;
        }
        try {
            rule.require();
            return true;
        } catch (StaleStateException tooOld) {
            return false;
        }
    }

    // ---- the engine

    SnapshotApplier<Object> around(SnapshotApplier<Object> applier) {
        return new Introduced(persistence.around(applier));
    }

    SnapshotProvider<Object> shared(SnapshotProvider<Object> provider, RevisionReader revisions) {
        FetchLocks locks = storage.locks();
        return locks == null ? provider : persistence.shared(provider, locks, revisions, siblingLimit());
    }

    /* The wait is part of the fetch: what is left has to do for one. */
    private Duration siblingLimit() {
        Duration half = restoreLimit.dividedBy(2);
        return half.compareTo(SIBLING_LIMIT) < 0 ? half : SIBLING_LIMIT;
    }

    // ---- the life cycle

    /** Completes once something was restored; never, if nothing is. */
    CompletableFuture<Void> restored() {
        return restored;
    }

    /**
     * Restores what there is, unless there is data already: after a pause, or if it was fetched before.
     *
     * @return never fails, and takes no longer than a fetch may: a storage that hangs does not keep the topic from its source
     */
    CompletableFuture<Void> restore(RevisionSync<Object> sync) {
        gaveUp = false;
        if (sync.status().hasData()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        Scheduler.Timer limit = scheduler.schedule(() -> done.complete(null), restoreLimit);
        persistence.restore(sync).whenComplete((revision, error) -> {
            limit.cancel();
            if (revision != null && revision.isPresent()) {
                announceRestored(sync.topic());
            }
            done.complete(null);
        });
        return done;
    }

    private void announceRestored(String topic) {
        PersistenceStatistics known = statistics();
        if (restored.complete(null)) {
            log.info(
                    "Topic {}: restored revision {}, saved {}",
                    topic,
                    known.restoredRevision(),
                    known.restoredSavedAt());
        }
    }

    /** From now on it takes what other processes save; idempotent. */
    void follow(RevisionSync<Object> sync) {
        StorageWatch watch = storage.watch();
        if (watch == null || following.get() != null) {
            return;
        }
        SnapshotPersistence.Registration begun = persistence.follow(watch, sync);
        if (!following.compareAndSet(null, begun)) {
            begun.close();
        }
    }

    void unfollow() {
        SnapshotPersistence.Registration over = following.getAndSet(null);
        if (over != null) {
            over.close();
        }
    }

    /** Saves what is pending; never fails, and takes no longer than a stop may wait for it. */
    CompletableFuture<Void> saved() {
        if (gaveUp || !persistence.pending()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        Scheduler.Timer limit = scheduler.schedule(() -> gaveUp = done.complete(null), closeTimeout);
        persistence.flush().whenComplete((saved, error) -> {
            limit.cancel();
            done.complete(null);
        });
        return done;
    }

    /** Ends it. What a stop could not save is tried a last time, for which nobody waits. */
    void close() {
        unfollow();
        if (persistence.pending()) {
            Thread last = new Thread(persistence::close, "statesync-last-save");
            last.setDaemon(true);
            last.start();
        } else {
            persistence.close();
        }
    }

    /** The same applier, which lets this class ask whether reads are answered. */
    private final class Introduced implements SnapshotApplier<Object>, Freshness.Aware {

        private final SnapshotApplier<Object> applier;

        Introduced(SnapshotApplier<Object> applier) {
            this.applier = applier;
        }

        @Override
        public void freshness(Freshness rule) {
            freshness = rule;
            if (applier instanceof Freshness.Aware aware) {
                aware.freshness(rule);
            }
        }

        @Override
        public void apply(SnapshotEnvelope<Object> snapshot) throws Exception {
            applier.apply(snapshot);
        }
    }
}
