package io.statesync.mutation.jdbc;

/** The store belongs to another node now: what this one writes is refused, for good. */
final class TakenOverException extends Exception {

    private static final long serialVersionUID = 1L;

    TakenOverException(String store) {
        super("another node has taken over the transaction store '" + store
                + "', or its row in statesync_transaction_store is gone: nothing is written any more");
    }
}
