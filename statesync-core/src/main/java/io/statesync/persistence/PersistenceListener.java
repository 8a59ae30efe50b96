package io.statesync.persistence;

import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import java.time.Duration;
import java.time.Instant;

/**
 * Hears what becomes of kept snapshots. Every method does nothing unless it is overridden. Called on the threads of the
 * persistence, never on the apply path nor under a lock. What it throws is logged and harms nobody. One listener may serve
 * many topics.
 */
public interface PersistenceListener {

    /** A snapshot is about to be encoded and saved. */
    default void saveStarted(String topic, Revision revision) {}

    /** It is saved: so many bytes, in this time, encoding included. */
    default void saved(String topic, Revision revision, long bytes, Duration duration) {}

    /** It was not saved; {@link #onError} says the same with all that is known. */
    default void saveFailed(String topic, Revision revision, Throwable error) {}

    /** A record was read and found good. */
    default void loaded(String topic, Revision revision, long bytes, Instant savedAt) {}

    /** A record was too old to be used. */
    default void expired(String topic, Revision revision, Instant savedAt) {}

    /** A record of a former schema version was read; it is written back. */
    default void migrated(String topic, Revision revision, int fromSchema, int toSchema) {}

    /** A record was taken out of use; {@code where} it is kept for the operator. */
    default void setAside(String topic, String where, Throwable reason) {}

    /** The topic's record was cleared; nothing up to this revision comes back. */
    default void cleared(String topic, Revision revision) {}

    /** Something failed: {@link io.statesync.SyncPhase#SAVE} or {@link io.statesync.SyncPhase#LOAD}. Once per failure. */
    default void onError(SyncErrorContext context) {}
}
