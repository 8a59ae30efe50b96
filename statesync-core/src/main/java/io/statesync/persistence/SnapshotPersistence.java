package io.statesync.persistence;

import io.statesync.Revision;
import io.statesync.RevisionReader;
import io.statesync.RevisionSync;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.SnapshotProvider;
import io.statesync.Topic;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps one topic's last snapshot in a storage. What is applied is saved off the apply path: newest wins, one writer, a
 * failure changes nothing for those who read. What was saved is restored before the source is asked.
 *
 * <p>Safe for use by any thread. Nothing is ever thrown into the engine or the application: a failure is one
 * {@link PersistenceListener#onError}.
 *
 * @param <T> the type of the data
 */
public interface SnapshotPersistence<T> extends AutoCloseable {

    /**
     * Begins to build one.
     *
     * @throws IllegalArgumentException if the name breaks the rules of {@link Topic#requireValid}
     */
    static SnapshotPersistenceBuilder.StorageStep forTopic(String topic) {
        return new SnapshotPersistenceBuilder.StorageStep(Topic.requireValid(topic));
    }

    /** The topic. */
    String topic();

    /**
     * An applier that hands each snapshot to the inner one and, if that took it, demands that it be saved. Only the demand is
     * made on the apply path. Keeps {@link io.statesync.Freshness.Aware}. After {@link #close()} it refuses with an {@link
     * IllegalStateException}.
     */
    SnapshotApplier<T> around(SnapshotApplier<? super T> inner);

    /**
     * Reads the topic's record, checks, migrates and validates it.
     *
     * @return empty if there is none, or none that may be used (reported); never fails
     */
    CompletableFuture<Optional<SnapshotEnvelope<T>>> load();

    /**
     * Reads the record and offers it to the sync, whose applier should be that of {@link #around}. Before the sync's start.
     * The restored snapshot is served, and confirms nothing: the sync is STALE until its first fetch.
     *
     * @return the record's revision once it was applied or found not newer; empty if there is none that may be used, or the
     *     applier failed (reported by the sync); never fails
     */
    CompletableFuture<Optional<Revision>> restore(RevisionSync<T> sync);

    /**
     * Saves what is pending without further delay.
     *
     * @return completes once nothing is pending, or with the failure of that save, which is tried again later
     */
    CompletableFuture<Void> flush();

    /** Whether a snapshot waits to be saved or is being saved. */
    boolean pending();

    /**
     * Removes the topic's record for all who share the storage: a tombstone takes its place, so that nothing up to the newest
     * revision known here comes back, whoever has it pending. The applied state is not touched.
     *
     * @return fails with what the storage threw, which is reported too
     */
    CompletableFuture<Void> clear();

    /** What happened so far. */
    PersistenceStatistics statistics();

    /** Adds an observer, until the registration is closed. */
    Registration listen(PersistenceListener listener);

    /**
     * Takes what siblings save: a newer record of the topic is offered to the sync, without a fetch.
     *
     * @return ends it when closed
     */
    Registration follow(StorageWatch watch, RevisionSync<T> sync);

    /**
     * A provider that lets one of several siblings fetch for all. Whoever holds the topic's lock fetches, and holds it until
     * the record is saved; the others take that record if the source says that its revision is exactly the current one, and
     * fetch themselves otherwise, or when the limit has passed. A conditional provider stays one. Retries go around it, not into
     * it: between two attempts a sibling may fetch.
     *
     * @param revisions asks the source for the current revision
     * @param limit the longest wait for a sibling, and the longest that the lock is held
     */
    SnapshotProvider<T> shared(
            SnapshotProvider<T> provider, FetchLocks locks, RevisionReader revisions, Duration limit);

    /** Saves what is pending, within the deadline, and ends. What could not be saved is reported. Idempotent. */
    @Override
    void close();

    /** Ends a registration when closed; idempotent. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {

        @Override
        void close();
    }
}
