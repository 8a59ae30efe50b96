package io.statesync.mutation.store;

import io.statesync.mutation.store.StoreEvent.AttemptFailed;
import io.statesync.mutation.store.StoreEvent.AttemptStarted;
import io.statesync.mutation.store.StoreEvent.Coalesced;
import io.statesync.mutation.store.StoreEvent.Completed;
import io.statesync.mutation.store.StoreEvent.Created;
import io.statesync.mutation.store.StoreEvent.Failed;
import io.statesync.mutation.store.StoreEvent.Failure;
import io.statesync.mutation.store.StoreEvent.Persisted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The reference: everything is durable at once, as long as the process lives. */
final class MemoryTransactionStorage implements TransactionStorage {

    private static final CompletionStage<Void> DURABLE = CompletableFuture.<Void>completedStage(null);

    private final ReentrantLock lock = new ReentrantLock();

    /* guarded by lock; by id, in the order of creation */
    private final Map<String, Kept> transactions = new LinkedHashMap<>();
    private long position;
    private long lastSequence;

    @Override
    public boolean keepsBytes() {
        return false;
    }

    @Override
    public Recovery open(RecoverySink sink) {
        List<StoredTransaction> active = history(Query.ALL)
                .filter(transaction -> transaction.state().active())
                .toList();
        active.forEach(sink::restored);
        lock.lock();
        try {
            return new Recovery(lastSequence, active.size(), 0);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long append(StoreEvent event) {
        lock.lock();
        try {
            take(event);
            return ++position;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long appendLazily(String transactionId, Supplier<? extends StoreEvent> event) {
        lock.lock();
        try {
            Kept kept = transactions.get(transactionId);
            if (kept == null) {
                kept = new Kept();
                transactions.put(transactionId, kept);
            }
            kept.add(event);
            return ++position;
        } finally {
            lock.unlock();
        }
    }

    private void take(StoreEvent event) {
        if (event instanceof Created created) {
            StoredTransaction transaction = created.transaction();
            transactions.computeIfAbsent(transaction.id(), absent -> new Kept()).known = transaction;
            lastSequence = Math.max(lastSequence, transaction.sequence());
        } else if (event instanceof Coalesced joined) {
            change(joined.transactionId(), known -> known.with(joined.mutations(), joined.at()));
        } else if (event instanceof AttemptStarted started) {
            change(started.transactionId(), known -> known.with(started.attempt(), started.at()));
        } else if (event instanceof AttemptFailed failed) {
            change(failed.transactionId(), known -> known.with(failed.attempt(), failed.at()));
        } else if (event instanceof Persisted persisted) {
            change(
                    persisted.transactionId(),
                    known -> known.persisted(persisted.attempt(), persisted.revisions(), persisted.at()));
            persisted.rewritten().forEach(it -> {
                change(it.transactionId(), known -> known.with(it.mutations(), persisted.at()));
            });
        } else if (event instanceof Completed completed) {
            change(completed.transactionId(), known -> known.completed(completed.syncConfirmed(), completed.at()));
        } else if (event instanceof Failed failed) {
            fail(failed.root(), failed.at());
            failed.dependents().forEach(dependent -> fail(dependent, failed.at()));
        }
    }

    private void fail(Failure failure, Instant at) {
        change(failure.transactionId(), known -> known.failed(failure.error(), at));
    }

    private void change(String id, UnaryOperator<StoredTransaction> step) {
        Kept kept = transactions.get(id);
        if (kept != null) {
            StoredTransaction known = now(kept);
            kept.known = known == null ? null : step.apply(known);
        }
    }

    /** Asks for what was not asked for yet. */
    private @Nullable StoredTransaction now(Kept kept) {
        List<Supplier<? extends StoreEvent>> events = kept.unasked;
        if (!events.isEmpty()) {
            kept.unasked = List.of();
            events.forEach(event -> take(event.get()));
        }
        return kept.known;
    }

    /** A transaction as it was asked for last, and what happened to it since. Guarded by the storage's lock. */
    private static final class Kept {

        private @Nullable StoredTransaction known;
        private List<Supplier<? extends StoreEvent>> unasked = List.of();

        private void add(Supplier<? extends StoreEvent> event) {
            if (unasked.isEmpty()) {
                unasked = List.of(event);
            } else {
                unasked = unasked.size() == 1 ? new ArrayList<>(unasked) : unasked;
                unasked.add(event);
            }
        }
    }

    @Override
    public CompletionStage<Void> durable(long upTo) {
        return DURABLE;
    }

    @Override
    public Stream<StoredTransaction> history(Query query) {
        lock.lock();
        try {
            List<StoredTransaction> found = new ArrayList<>(transactions.values().stream()
                    .map(this::now)
                    .filter(Objects::nonNull)
                    .filter(query::matches)
                    .toList());
            found.sort(Comparator.comparingLong(StoredTransaction::sequence));
            int surplus = query.limit() == 0 ? 0 : Math.max(0, found.size() - query.limit());
            return found.subList(surplus, found.size()).stream();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long prune(Query query) {
        List<StoredTransaction> meant = history(query).toList();
        lock.lock();
        try {
            return meant.stream()
                    .filter(transaction -> !transaction.state().active())
                    .filter(transaction -> transactions.remove(transaction.id()) != null)
                    .count();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public StoreHealth health() {
        lock.lock();
        try {
            return new StoreHealth(false, null, 0, false, transactions.size());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // what it holds stays, so that it can be opened again
    }
}
