package io.statesync.mutation;

import io.statesync.mutation.store.StoreHealth;

/**
 * All collections of an application, with the engine that runs their transactions. Transactions may span the collections
 * of one; each has one lock, so several may be made where one is too busy. Safe for use by any thread.
 */
public interface SyncedCollections extends AutoCloseable {

    /** Begins to build one. */
    static SyncedCollectionsBuilder builder() {
        return new SyncedCollectionsBuilder();
    }

    /**
     * The collection of that id: opened at the first call, the same one ever after (MU-C1). Its setup begins, and the
     * transactions of a former life of the process that are its own are taken up, at the first call, or when the engine
     * starts if that is later.
     *
     * @throws IllegalArgumentException if it is open with another config; or if it has no codec and the storage needs one
     */
    <K, T> SyncedCollection<K, T> open(SyncConfig<K, T> config);

    /** All transactions. */
    Transactions transactions();

    /** How the storage is (MU-D2). */
    StoreHealth storeHealth();

    /**
     * Opens the storage and begins. May block for the storage. Open the collections first: a mutation before this throws
     * {@link IllegalStateException}. Idempotent.
     */
    void start();

    /**
     * Begins nothing more, waits for what runs up to the drain time-out, then interrupts it, which costs it no attempt
     * (MU-R11), and closes the storage. What was not completed goes on at the next start. Idempotent and final.
     */
    @Override
    void close();
}
