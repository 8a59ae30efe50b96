package io.statesync.spring;

import io.statesync.Revision;
import io.statesync.source.StatePublisher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * What one transaction has changed. Used by the thread of the transaction alone.
 *
 * <p>It acts when the transaction is complete, not in {@code afterCommit}: that is skipped when another synchronization
 * throws there.
 */
final class PendingInvalidations implements TransactionSynchronization {

    private static final Logger log = LoggerFactory.getLogger(PendingInvalidations.class);

    private final StatePublisher target;
    private final ChangeObserver observer;

    private final Map<String, Change> pending = new LinkedHashMap<>();

    private final Deque<Savepoint> savepoints = new ArrayDeque<>();

    PendingInvalidations(StatePublisher target, ChangeObserver observer) {
        this.target = target;
        this.observer = observer;
    }

    boolean isFor(StatePublisher publisher) {
        return target == publisher;
    }

    CompletableFuture<Revision> add(String topic) {
        CompletableFuture<Revision> waiting = new CompletableFuture<>();
        pending.computeIfAbsent(topic, this::changed).waiting.add(waiting);
        return waiting;
    }

    /* The first change of a topic, which a later savepoint does not take back. */
    private Change changed(String topic) {
        List<CompletableFuture<Revision>> waiting = new ArrayList<>();
        return new Change(waiting, observer.bind(() -> committed(topic, waiting)));
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

    @Override
    public void afterCompletion(int status) {
        pending.forEach(
                status == STATUS_ROLLED_BACK
                        ? PendingInvalidations::rolledBack
                        : (topic, change) -> change.announcing.run());
    }

    /* The data is committed: from here on nothing is thrown at whoever committed it. */
    private void committed(String topic, List<CompletableFuture<Revision>> waiting) {
        invalidate(topic).whenComplete((revision, error) -> {
            if (error == null) {
                waiting.forEach(it -> it.complete(revision));
            } else {
                log.error(
                        "Topic {} was changed, but no revision could be issued: replicas do not hear of it",
                        topic,
                        error);
                waiting.forEach(it -> it.completeExceptionally(error));
            }
        });
    }

    private CompletableFuture<Revision> invalidate(String topic) {
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

    /** Each caller has its own future. */
    private record Change(List<CompletableFuture<Revision>> waiting, Runnable announcing) {}

    private record Savepoint(Object savepoint, int size) {}
}
