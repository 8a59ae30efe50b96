package io.statesync.spring;

import java.util.List;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Commits and rolls back nothing, with all that Spring does around it, and tells of it. */
final class TellingTransactions extends AbstractPlatformTransactionManager {

    private static final long serialVersionUID = 1L;

    private final transient List<String> story;

    boolean failing;

    TellingTransactions(List<String> story) {
        this.story = story;
    }

    @Override
    protected Object doGetTransaction() {
        return new Object();
    }

    @Override
    protected boolean isExistingTransaction(Object it) {
        return TransactionSynchronizationManager.isActualTransactionActive();
    }

    @Override
    protected void doBegin(Object it, TransactionDefinition definition) {}

    @Override
    protected Object doSuspend(Object it) {
        return it;
    }

    @Override
    protected void doResume(Object it, Object suspended) {}

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        if (failing) {
            throw new TransactionSystemException("connection lost during commit");
        }
        story.add("committed");
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        story.add("rolled back");
    }

    @Override
    protected void doSetRollbackOnly(DefaultTransactionStatus status) {
        status.setRollbackOnly();
    }
}
