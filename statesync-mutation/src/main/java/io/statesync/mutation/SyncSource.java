package io.statesync.mutation;

import java.util.concurrent.CompletionStage;

/** Where the rows of a collection come from. */
@FunctionalInterface
public interface SyncSource<K, T> {

    /**
     * Begins, and tells the initial data. Called once per open collection, on an executor's thread (MU-C2); again only
     * after it failed and somebody asked for it (MU-C5).
     *
     * @param sink takes everything that comes later, or meanwhile
     */
    CompletionStage<SyncedRows<T>> setup(SyncSink<K, T> sink) throws Exception;
}
