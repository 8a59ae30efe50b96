package io.statesync.persistence;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a {@link SaveQueue} lets happen, one at a time; called without its lock, must not block. */
interface Writing<T> {

    /** Saves this snapshot and tells the queue how that ended. */
    void save(SaveJob<T> job);

    /** Puts a tombstone into the storage, tells the queue, and ends these futures. */
    void clear(List<CompletableFuture<Void>> asked);

    /** A snapshot that was pending was overtaken. */
    void overtaken();
}
