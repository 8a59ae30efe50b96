package io.statesync.persistence;

import java.util.function.Consumer;

/** Tells that the record of a topic has changed, whoever changed it, this process included. Safe for use by any thread. */
public interface StorageWatch extends AutoCloseable {

    /**
     * Calls the listener with the version of each record that takes the place of the topic's last one, also the first time
     * that there is one. On the watch's executor, never under a lock; must not block for long.
     *
     * @return ends it when closed
     */
    SnapshotPersistence.Registration follow(String topic, Consumer<? super RecordVersion> changed);

    /** Watches no longer. Idempotent. */
    @Override
    void close();
}
