package io.statesync.spring;

import io.statesync.Revision;
import io.statesync.source.RevisionCounter;
import java.util.Optional;

/**
 * A counter that lives where the data live: revision and data commit or roll back together (P6), so that a process that
 * dies between commit and announcement hides no change from the probes of its replicas (P8).
 */
public interface TransactionalRevisionCounter extends RevisionCounter {

    /**
     * Issues the next revision in the transaction that runs on this thread: others see it when that commits, and it never
     * was if that rolls back. {@link #next} issues one outside of any transaction.
     *
     * @return empty if that transaction is none of this counter's database, or there is none
     * @throws IllegalStateException if the largest revision was issued: it has no successor
     */
    Optional<Revision> nextInTransaction(String topic);
}
