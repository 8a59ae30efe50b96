package io.statesync;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps one topic of a replica the same as its source: hears invalidations, pulls snapshots, applies those that are newer
 * (protocol P4, P5; engine contract E1 to E16 in {@code docs/lifecycle.md}).
 *
 * <p>Safe for use by any thread. Futures complete on a refresh thread, each caller has its own. A blocking call from
 * inside the topic's applier or listener throws {@link IllegalStateException} instead of deadlocking.
 *
 * @param <T> the type of the data
 */
public interface RevisionSync<T> extends AutoCloseable {

    /**
     * Begins to build a sync.
     *
     * @throws IllegalArgumentException if the name breaks the rules of {@link Topic#requireValid}
     */
    static RevisionSyncBuilder.SubscriberStep forTopic(String topic) {
        return new RevisionSyncBuilder.SubscriberStep(Topic.requireValid(topic));
    }

    /** The topic. */
    String topic();

    /**
     * Subscribes, waits until the subscription is active, and refreshes (E1). Succeeds only when a snapshot fetched after
     * the subscription became active was applied or found not newer. On failure everything is as before, and it may be
     * called again. Callers during a start share its outcome; after success it does nothing. Legal after a stop.
     */
    CompletableFuture<Void> startAsync();

    /**
     * {@link #startAsync()}, joined. An interrupted initiator cancels the start, an interrupted joiner only its wait.
     *
     * @throws SyncException with the cause, if the start failed or the wait was interrupted; the flag is set again then
     * @throws java.util.concurrent.CancellationException if the start was stopped or cancelled
     */
    void start();

    /**
     * Unsubscribes, cancels timers, interrupts a running fetch and waits for a running apply up to the stop time-out, then
     * interrupts it (E2). Afterwards no apply begins. Idempotent. Completes at once inside the applier.
     */
    CompletableFuture<Void> stopAsync();

    /** {@link #stopAsync()}, joined. */
    void stop();

    /** Stops for good. */
    @Override
    void close();

    /**
     * Fetches now. Legal before a start (a prefetch); after a stop it completes at once and fetches nothing.
     *
     * @return completes with the local revision once a fetch that <em>began after the call</em> has ended, or with that
     *     fetch's failure (E3)
     */
    CompletableFuture<Revision> refresh();

    /**
     * Passes a snapshot that came another way (a write's response, a restored copy, a sibling process) through the same
     * gate (E10). It confirms nothing.
     *
     * @return completes with the local revision once the snapshot was applied or found not newer
     */
    CompletableFuture<Revision> offer(SnapshotEnvelope<T> envelope);

    /** Says that the source has this revision, as an event would. */
    void announce(Revision revision);

    /**
     * Says that the source was asked and answered this revision (P8): newer is fetched, equal confirms the local state,
     * older is fetched so that a source that went back is seen (E11).
     */
    void probed(Revision revision);

    /** An operator's word: the next snapshot is applied whatever its revision (E11). Completes like {@link #refresh()}. */
    CompletableFuture<Revision> reset();

    /**
     * Read your writes: announces the revision and completes when the local one is at least that (E10). Fails on stop, and
     * with a {@link ProtocolException} once the revision is dropped because the source answers without ever confirming it
     * (E5).
     */
    CompletableFuture<Revision> await(Revision revision);

    /** {@link #await(Revision)} that fails with {@link java.util.concurrent.TimeoutException} after the given time. */
    CompletableFuture<Revision> await(Revision revision, Duration timeout);

    /** The applied revision, {@link Revision#ZERO} if there is none; never goes back unless reset. One volatile read. */
    Revision localRevision();

    /** What this sync knows about itself now. */
    SyncStatus status();
}
