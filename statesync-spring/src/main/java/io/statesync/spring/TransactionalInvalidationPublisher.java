package io.statesync.spring;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;

/** A publisher whose transport is part of a transaction: the commit itself announces, and a rollback does not. */
public interface TransactionalInvalidationPublisher extends InvalidationPublisher {

    /**
     * Announces in the transaction that runs on this thread.
     *
     * @return false if it is none that this transport can be part of: then {@link #publish} is called after the commit
     * @throws RuntimeException if the transport refuses: the transaction is rolled back
     */
    boolean publishInTransaction(InvalidationEvent event);
}
