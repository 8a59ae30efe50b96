package io.statesync.spring;

/** Keeps persisted snapshots in one kind of storage. A bean of this type adds a storage. */
public interface SnapshotStorageDriver {

    /** What is written as {@code statesync.topics.<topic>.persistence.storage}. */
    String name();

    /**
     * Prepares to keep records. Called once, and only if a topic names this storage.
     *
     * @param property what names it, for messages
     * @throws SetupException if what it keeps them in is not here
     */
    PersistedStorage open(String property);
}
