package io.statesync.mutation;

import io.statesync.mutation.store.Query;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All transactions, to be watched and mended (MU-H2). Safe for use by any thread; reading takes no lock. */
public interface Transactions {

    /** Those that are neither completed nor failed, oldest first by sequence (MC-08). */
    List<MutationTransaction> active();

    /** Active and former ones, oldest first by sequence. May read the storage; close the stream. */
    Stream<MutationTransaction> history(Query query);

    /** The transaction of that id, active or former. */
    Optional<MutationTransaction> find(String id);

    /** A handle on an active transaction, also of a former life of the process; empty if there is none. */
    Optional<TransactionHandle> handle(String id);

    /** Those that were restored and wait for their collection or mutation function to be registered (MU-D11). */
    List<String> orphaned();

    /** How many that ended are kept in the heap: a cache of the latest, or all of them where the storage is memory (A14). */
    long cached();

    /** Tells the listener of all that happens from now on. */
    Registration subscribe(TransactionListener listener);

    /**
     * Makes a new transaction of the mutations of a failed one, over what is visible now. It keeps the idempotency key if the
     * outcome is unknown, and takes a new one after a refusal.
     *
     * @throws IllegalArgumentException if there is no failed transaction of that id, or it cannot be done any more
     */
    TransactionHandle resubmit(String failedId);

    /** Forgets terminal transactions, active ones never; returns how many (MU-H1). Nothing is forgotten otherwise. */
    long prune(Query query);

    /** Ends a subscription when closed; idempotent. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {

        @Override
        void close();
    }
}
