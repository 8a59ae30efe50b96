package io.statesync.mutation.store;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Keeps transactions over the end of the process (MUTATIONS 1.9 and 5): an ordered log of {@link StoreEvent}s, and what
 * follows from it. One engine uses it at a time. Safe for use by any thread.
 */
public interface TransactionStorage extends AutoCloseable {

    /** One that forgets with the process, the reference for all others. It may be opened again after it was closed. */
    static TransactionStorage memory() {
        return new MemoryTransactionStorage();
    }

    /** Whether rows are to come encoded; if not, they come as they are. Never changes. */
    boolean keepsBytes();

    /**
     * Opens, and streams the active transactions in the order of their sequence, before it returns. Called once, before
     * anything else; may block.
     *
     * @throws TransactionStorageException if it cannot be opened: the engine then works without it (D2)
     */
    Recovery open(RecoverySink sink) throws TransactionStorageException;

    /**
     * Takes an event. Called in order, under the engine's lock: never blocks, never throws. Positions rise.
     *
     * @return its position
     */
    long append(StoreEvent event);

    /**
     * As {@link #append}, of a step that is put into words only when it is asked for. A storage that has the words to write
     * asks at once; one that keeps live rows may ask later, on any thread, and gets the same. Created and begun transactions
     * come so, if the storage does not {@linkplain #keepsBytes keep bytes}.
     */
    default long appendLazily(String transactionId, Supplier<? extends StoreEvent> event) {
        return append(event.get());
    }

    /**
     * Tells when the position and all before it are on disk.
     *
     * @return fails if that cannot be had any more: the engine goes on without (D2). Completed on any thread, and not to
     *     be completed by the caller.
     */
    CompletionStage<Void> durable(long position);

    /** Transactions by sequence, oldest first, active ones too. May block; the stream must be closed. */
    Stream<StoredTransaction> history(Query query);

    /** Forgets terminal transactions; active ones never (H1). May block. Returns how many were forgotten. */
    long prune(Query query);

    /** How it is. Must not block. */
    StoreHealth health();

    /** Writes what was appended, and releases everything. Idempotent. */
    @Override
    void close();
}
