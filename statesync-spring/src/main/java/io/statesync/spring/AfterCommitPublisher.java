package io.statesync.spring;

import io.statesync.Revision;
import io.statesync.Topic;
import io.statesync.source.StatePublisher;
import java.util.concurrent.CompletableFuture;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A publisher that knows Spring's transactions (P6): inside one it issues and announces after the commit, once per topic,
 * and never after a rollback; outside at once. If the outcome of a transaction is unknown it announces: a needless
 * invalidation costs a fetch, a missing one hides a change.
 */
public final class AfterCommitPublisher implements StatePublisher {

    private final StatePublisher target;
    private final ChangeObserver observer;

    public AfterCommitPublisher(StatePublisher target) {
        this(target, ChangeObserver.NONE);
    }

    /**
     * @param observer is told of a change when it happens: an announcement after the commit belongs to the trace of the
     *     transaction's first change of the topic
     */
    public AfterCommitPublisher(StatePublisher target, ChangeObserver observer) {
        this.target = target;
        this.observer = ChangeObserver.guarded(observer);
    }

    /**
     * Announces that a topic has changed.
     *
     * @return inside a transaction it completes after the commit, and is cancelled by a rollback
     */
    @Override
    public CompletableFuture<Revision> invalidate(String topic) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.isSynchronizationActive()) {
            return target.invalidate(topic);
        }
        return ofThisTransaction().add(Topic.requireValid(topic));
    }

    /* Suspended with the transaction, and so never another one's. */
    private PendingInvalidations ofThisTransaction() {
        for (TransactionSynchronization known : TransactionSynchronizationManager.getSynchronizations()) {
            if (known instanceof PendingInvalidations pending && pending.isFor(target)) {
                return pending;
            }
        }
        PendingInvalidations pending = new PendingInvalidations(target, observer);
        TransactionSynchronizationManager.registerSynchronization(pending);
        return pending;
    }
}
