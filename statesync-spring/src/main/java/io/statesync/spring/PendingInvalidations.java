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

    /** Each caller has its own future. */
    private final Map<String, List<CompletableFuture<Revision>>> pending = new LinkedHashMap<>();

    private final Deque<Savepoint> savepoints = new ArrayDeque<>();

    PendingInvalidations(StatePublisher target) {
        this.target = target;
    }

    boolean isFor(StatePublisher publisher) {
        return target == publisher;
    }

    CompletableFuture<Revision> add(String topic) {
        CompletableFuture<Revision> waiting = new CompletableFuture<>();
        pending.computeIfAbsent(topic, it -> new ArrayList<>()).add(waiting);
        return waiting;
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
        List<CompletableFuture<Revision>> waiting = pending.remove(topic);
        if (waiting != null) {
            rolledBack(topic, waiting);
        }
    }

    @Override
    public void afterCompletion(int status) {
        pending.forEach(status == STATUS_ROLLED_BACK ? PendingInvalidations::rolledBack : this::committed);
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

    private static void rolledBack(String topic, List<CompletableFuture<Revision>> waiting) {
        String reason = "the transaction that changed topic \"" + topic + "\" was rolled back";
        waiting.forEach(it -> it.completeExceptionally(new CancellationException(reason)));
    }

    private record Savepoint(Object savepoint, int size) {}
}
