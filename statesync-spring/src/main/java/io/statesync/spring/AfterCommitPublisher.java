package io.statesync.spring;

import io.statesync.Revision;
import io.statesync.Topic;
import io.statesync.source.StatePublisher;
import java.util.concurrent.CompletableFuture;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A publisher that knows Spring's transactions (P6): inside one it announces after the commit, once per topic, and never
 * after a rollback; outside at once. If the outcome of a transaction is unknown it announces: a needless invalidation costs
 * a fetch, a missing one hides a change.
 *
 * <p>A {@link TransactionalRevisionCounter} issues right before the commit, in the order of the topics' names, so that two
 * transactions do not wait for each other; every other counter after it. So does a
 * {@link TransactionalInvalidationPublisher} announce, if the revision is issued by then.
 */
public final class AfterCommitPublisher implements StatePublisher {

    private final StatePublisher target;
    private final InTransaction inTransaction;

    private final ChangeObserver observer;

    /** @param target issues and announces at once */
    public AfterCommitPublisher(StatePublisher target) {
        this(target, ChangeObserver.NONE);
    }

    /**
     * @param target issues and announces at once
     * @param observer is told of a change when it happens: an announcement after the commit belongs to the trace of the
     *     transaction's first change of the topic
     */
    public AfterCommitPublisher(StatePublisher target, ChangeObserver observer) {
        this(target, InTransaction.NOTHING, observer);
    }

    /**
     * @param target issues and announces at once
     * @param revisions issues inside a transaction, where it can
     * @param announcer announces what was issued there
     * @param observer as above
     */
    public AfterCommitPublisher(
            StatePublisher target,
            TransactionalRevisionCounter revisions,
            Announcer announcer,
            ChangeObserver observer) {
        this(
                target,
                topic -> revisions
                        .nextInTransaction(topic)
                        .map(it -> new InTransaction.Issued(it, announcer.announceInTransaction(topic, it))),
                observer);
    }

    private AfterCommitPublisher(StatePublisher target, InTransaction inTransaction, ChangeObserver observer) {
        this.target = target;
        this.inTransaction = inTransaction;
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
        PendingInvalidations pending = new PendingInvalidations(target, inTransaction, observer);
        TransactionSynchronizationManager.registerSynchronization(pending);
        return pending;
    }
}
