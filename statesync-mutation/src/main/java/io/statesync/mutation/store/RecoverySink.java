package io.statesync.mutation.store;

import org.jspecify.annotations.Nullable;

/** Takes what a storage has kept, while it opens. */
public interface RecoverySink {

    /** An active transaction; they come in the order of their sequence. */
    void restored(StoredTransaction transaction);

    /**
     * A record that cannot be read: it stays where it is, or is set aside, and costs itself only (D10).
     *
     * @param transactionId its id, if that much could be read
     */
    void damaged(@Nullable String transactionId, Throwable error);
}
