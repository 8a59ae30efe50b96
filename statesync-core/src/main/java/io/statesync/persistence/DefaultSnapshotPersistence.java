package io.statesync.persistence;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.Revision;
import io.statesync.RevisionReader;
import io.statesync.RevisionSync;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.SnapshotProvider;
import io.statesync.policy.Durations;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The persistence's parts, put together. */
final class DefaultSnapshotPersistence<T> implements SnapshotPersistence<T> {

    private final String topic;
    private final int schema;
    private final Scheduler scheduler;
    private final Duration closeTimeout;
    private final Threads threads;
    private final StoredVersion stored = new StoredVersion();
    private final HeldLocks held = new HeldLocks();
    private final PersistenceReports reports;
    private final SaveQueue<T> queue;
    private final Loading<T> loading;

    /* written by one thread at a time (E8) */
    private volatile @Nullable Revision applied;
    /** The revision of a record that the applier refused: it is not taken again. */
    private volatile @Nullable Revision refused;

    DefaultSnapshotPersistence(SnapshotPersistenceBuilder<T> parts) {
        this.topic = parts.topic;
        this.schema = parts.codec.version();
        this.scheduler = parts.scheduler;
        this.closeTimeout = parts.closeTimeout;
        this.threads = new Threads(parts.executor);
        this.reports = new PersistenceReports(topic, parts.listeners);
        this.queue = new StorageWriter<>(parts, threads, stored, reports, held).queue();
        this.loading = new Loading<>(parts, stored, reports, queue);
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public SnapshotApplier<T> around(SnapshotApplier<? super T> inner) {
        return new SavingApplier<>(inner, this);
    }

    void requireOpen() {
        if (queue.isShut()) {
            throw new IllegalStateException(
                    "the persistence of topic \"" + topic + "\" is closed: stop the sync before it is closed");
        }
    }

    void applied(SnapshotEnvelope<T> snapshot, boolean wentBack) {
        Revision revision = snapshot.revision();
        applied = revision;
        boolean otherwise = revision.equals(refused);
        refused = null;
        SaveJob<T> job = SaveJob.applied(snapshot, schema, wentBack || otherwise);
        queue.demand(job);
        if (held.any()) {
            // siblings wait for this record
            queue.hurry();
            if (!stored.lacks(job.version())) {
                threads.run(() -> held.release(revision));
            }
        }
    }

    void notApplied(Revision revision) {
        if (wasLoaded(revision)) {
            refused = revision;
        }
        if (held.any()) {
            threads.run(held::releaseAll);
        }
    }

    @Override
    public CompletableFuture<Optional<SnapshotEnvelope<T>>> load() {
        CompletableFuture<Optional<SnapshotEnvelope<T>>> loaded = new CompletableFuture<>();
        threads.run(() -> loaded.complete(loading.load().map(Loading.Loaded::snapshot)));
        return loaded;
    }

    @Override
    public CompletableFuture<Optional<Revision>> restore(RevisionSync<T> sync) {
        CompletableFuture<Optional<Revision>> restored = new CompletableFuture<>();
        threads.run(() -> {
            Optional<Loading.Loaded<T>> loaded = loading.load();
            if (loaded.isEmpty()) {
                restored.complete(Optional.empty());
                return;
            }
            offer(sync, loaded.get(), restored);
        });
        return restored;
    }

    private void offer(RevisionSync<T> sync, Loading.Loaded<T> loaded, CompletableFuture<Optional<Revision>> restored) {
        Revision revision = loaded.snapshot().revision();
        sync.offer(loaded.snapshot()).whenComplete((local, notApplied) -> {
            // a sync that is stopped takes nothing, and says so by what it has
            boolean served = notApplied == null && !revision.isNewerThan(local);
            if (served) {
                reports.restored(revision, loaded.savedAt());
            }
            restored.complete(served ? Optional.of(revision) : Optional.empty());
        });
    }

    @Override
    public CompletableFuture<Void> flush() {
        return queue.flush();
    }

    @Override
    public boolean pending() {
        return queue.pending();
    }

    @Override
    public CompletableFuture<Void> clear() {
        return queue.clear();
    }

    @Override
    public PersistenceStatistics statistics() {
        return reports.statistics();
    }

    @Override
    public Registration listen(PersistenceListener listener) {
        return reports.listen(listener);
    }

    @Override
    public Registration follow(StorageWatch watch, RevisionSync<T> sync) {
        return watch.follow(topic, version -> {
            if (version.isTombstone()) {
                stored.atLeast(version);
            } else if (stored.lacks(version) && !queue.isShut()) {
                loading.load().ifPresent(loaded -> sync.offer(loaded.snapshot()));
            }
        });
    }

    @Override
    public SnapshotProvider<T> shared(
            SnapshotProvider<T> provider, FetchLocks locks, RevisionReader revisions, Duration limit) {
        Durations.positive("the limit of a shared fetch of topic \"" + topic + "\"", limit);
        SharedFetch<T> shared = new SharedFetch<>(this, locks, revisions, limit);
        return provider instanceof ConditionalSnapshotProvider<T> conditional
                ? new SharedConditionalProvider<>(conditional, shared)
                : () -> shared.fetch(null, () -> Optional.of(provider.getSnapshot()))
                        .orElseThrow();
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** The record, if it is newer than this revision; any record if none is known. None that the applier refused. */
    Optional<SnapshotEnvelope<T>> newRecord(@Nullable Revision known) {
        Optional<Loading.Loaded<T>> record = known == null ? loading.load() : loading.newerThan(known);
        return record.map(Loading.Loaded::snapshot).filter(it -> !it.revision().equals(refused));
    }

    /** The revision that was applied last. */
    @Nullable
    Revision applied() {
        return applied;
    }

    /** Whether this revision came from a record, and not from a fetch. */
    boolean wasLoaded(Revision revision) {
        return revision.equals(loading.newest());
    }

    /** Keeps the lock until the revision is saved, but no longer than that. */
    void hold(FetchLocks.FetchLock fetchLock, Revision until, Duration limit) {
        if (!until.isNewerThan(stored.newest()) || queue.isShut()) {
            fetchLock.close();
            return;
        }
        held.hold(fetchLock, until);
        try {
            scheduler.schedule(() -> threads.run(() -> held.release(until)), limit);
        } catch (RuntimeException | Error refused) {
            held.releaseAll();
        }
    }

    @Override
    public void close() {
        if (!queue.shut()) {
            return;
        }
        CompletableFuture<Boolean> late = new CompletableFuture<>();
        Scheduler.Timer timer = deadline(() -> late.complete(true));
        try {
            while (queue.pending() && !late.isDone()) {
                // each failure of a save was reported, and a newer snapshot may wait behind it
                CompletableFuture.anyOf(queue.flush().handle((done, failed) -> false), late)
                        .join();
            }
            SaveJob<T> lost = queue.abandon();
            if (lost != null) {
                Exception why = new TimeoutException("not saved within " + closeTimeout + " of the closing");
                reports.saveFailed(lost.version().revision(), why, 0, null);
            }
        } finally {
            timer.cancel();
            held.releaseAll();
        }
    }

    private Scheduler.Timer deadline(Runnable passed) {
        try {
            return scheduler.schedule(passed, closeTimeout);
        } catch (RuntimeException | Error refused) {
            return Scheduler.system().schedule(passed, closeTimeout);
        }
    }
}
