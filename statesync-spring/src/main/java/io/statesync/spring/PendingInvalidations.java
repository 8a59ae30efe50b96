package io.statesync.spring;

import io.statesync.Revision;
import io.statesync.source.StatePublisher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * What one transaction has changed. Used by the thread of the transaction alone.
 *
 * <p>It acts when the transaction is complete, not in {@code afterCommit}: that is skipped when another synchronization
 * throws there. It comes before the others, so that it knows of the commit when one of them changes something after it.
 */
final class PendingInvalidations implements TransactionSynchronization {

    private static final Logger log = LoggerFactory.getLogger(PendingInvalidations.class);

    /** How far the transaction is. */
    private enum Stage {
        OPEN,
        COMMITTING,
        COMMITTED
    }

    private final StatePublisher target;
    private final InTransaction inTransaction;
    private final ChangeObserver observer;
    private final Map<String, Change> pending = new LinkedHashMap<>();
    private final Deque<Savepoint> savepoints = new ArrayDeque<>();
    private Stage stage = Stage.OPEN;

    PendingInvalidations(StatePublisher target, InTransaction inTransaction, ChangeObserver observer) {
        this.target = target;
        this.inTransaction = inTransaction;
        this.observer = observer;
    }

    boolean isFor(StatePublisher publisher) {
        return target == publisher;
    }

    CompletableFuture<Revision> add(String topic) {
        Change change = pending.computeIfAbsent(topic, Change::new);
        CompletableFuture<Revision> waiting = new CompletableFuture<>();
        change.waiting.add(waiting);
        if (stage == Stage.COMMITTING) {
            change.issue();
        }
        return waiting;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void savepoint(Object savepoint) {
        savepoints.push(new Savepoint(savepoint, pending.size()));
    }

    /** What was added since then has not happened. A savepoint that is not known is older than all of it. */
    @Override
    public void savepointRollback(Object savepoint) {
        while (!savepoints.isEmpty() && savepoints.getFirst().savepoint != savepoint) {
            savepoints.pop();
        }
        int kept = savepoints.isEmpty() ? 0 : savepoints.getFirst().size;
        List<String> topics = new ArrayList<>(pending.keySet());
        topics.subList(kept, topics.size()).forEach(this::neverHappened);
    }

    private void neverHappened(String topic) {
        Change change = pending.remove(topic);
        if (change != null) {
            rolledBack(topic, change);
        }
    }

    /** In the order of the names: two transactions that change the same topics do not wait for each other. */
    @Override
    public void beforeCommit(boolean readOnly) {
        if (!readOnly) {
            stage = Stage.COMMITTING;
            new TreeMap<>(pending).values().forEach(Change::issue);
        }
    }

    @Override
    public void afterCommit() {
        stage = Stage.COMMITTED;
    }

    @Override
    public void afterCompletion(int status) {
        if (status == STATUS_ROLLED_BACK) {
            pending.forEach(PendingInvalidations::rolledBack);
            return;
        }
        if (status != STATUS_COMMITTED) {
            // whether what was issued is real is not known: a revision of its own is
            pending.values().forEach(change -> change.issued = null);
        }
        pending.values().forEach(change -> change.announcing.run());
    }

    /* The data is committed: from here on nothing is thrown at whoever committed it. */
    private void committed(String topic, Change change) {
        InTransaction.Issued issued = change.issued;
        if (issued == null) {
            invalidate(topic, change);
        } else {
            issued.afterCommit().run();
            change.waiting.forEach(it -> it.complete(issued.revision()));
        }
    }

    private void invalidate(String topic, Change change) {
        invalidated(topic).whenComplete((revision, error) -> {
            if (error == null) {
                change.waiting.forEach(it -> it.complete(revision));
            } else {
                log.error(
                        "Topic {} was changed, but no revision could be issued: replicas do not hear of it",
                        topic,
                        error);
                change.waiting.forEach(it -> it.completeExceptionally(error));
            }
        });
    }

    private CompletableFuture<Revision> invalidated(String topic) {
        try {
            return target.invalidate(topic);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void rolledBack(String topic, Change change) {
        String reason = "the transaction that changed topic \"" + topic + "\" was rolled back";
        change.waiting.forEach(it -> it.completeExceptionally(new CancellationException(reason)));
    }

    /**
     * One topic: each caller has its own future, and all share the revision. It belongs to the trace of the first change,
     * which a later savepoint does not take back.
     */
    private final class Change {

        private final List<CompletableFuture<Revision>> waiting = new ArrayList<>();
        private final Runnable issuing;
        private final Runnable announcing;

        private InTransaction.@Nullable Issued issued;

        Change(String topic) {
            this.issuing =
                    observer.bind(() -> issued = inTransaction.issue(topic).orElse(null));
            this.announcing = observer.bind(() -> committed(topic, this));
        }

        void issue() {
            if (issued == null) {
                issuing.run();
            }
        }
    }

    private record Savepoint(Object savepoint, int size) {}
}
