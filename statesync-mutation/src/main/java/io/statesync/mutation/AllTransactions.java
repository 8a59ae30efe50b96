package io.statesync.mutation;

import io.statesync.mutation.store.MutationType;
import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Active ones from the engine, former ones from the heap's cache or the storage. Safe for use by any thread. */
final class AllTransactions implements Transactions {

    private final Engine engine;
    private final Restoring restoring;

    AllTransactions(Engine engine, Restoring restoring) {
        this.engine = engine;
        this.restoring = restoring;
    }

    @Override
    public List<MutationTransaction> active() {
        return engine.active.values().stream()
                .map(Tx::snapshot)
                .filter(transaction -> transaction.state().active())
                .sorted(Comparator.comparingLong(MutationTransaction::sequence))
                .toList();
    }

    @Override
    public Stream<MutationTransaction> history(Query query) {
        return engine.journal
                .storage()
                .history(query)
                .map(this::known)
                .filter(transaction ->
                        query.states().isEmpty() || query.states().contains(transaction.state()));
    }

    /** As the engine knows it, which is newer, and has the errors as they were thrown. */
    private MutationTransaction known(StoredTransaction stored) {
        MutationTransaction known = inHeap(stored.id());
        return known == null ? Encoding.transaction(stored, engine.registry) : known;
    }

    private @Nullable MutationTransaction inHeap(String id) {
        Tx tx = engine.active.get(id);
        return tx == null ? engine.history.find(id) : tx.snapshot();
    }

    @Override
    public Optional<MutationTransaction> find(String id) {
        MutationTransaction known = inHeap(id);
        if (known != null) {
            return Optional.of(known);
        }
        try (Stream<StoredTransaction> all = engine.journal.storage().history(Query.ALL)) {
            return all.filter(stored -> stored.id().equals(id))
                    .findFirst()
                    .map(stored -> Encoding.transaction(stored, engine.registry));
        }
    }

    @Override
    public Optional<TransactionHandle> handle(String id) {
        return Optional.ofNullable(engine.active.get(id)).map(tx -> new Handle(engine, tx));
    }

    @Override
    public List<String> orphaned() {
        return restoring.orphaned();
    }

    @Override
    public long cached() {
        long stored = engine.journal.health().inHeap() - engine.active.size();
        return Math.max(engine.history.size(), stored);
    }

    @Override
    public Registration subscribe(TransactionListener listener) {
        return engine.bulletin.subscribe(listener);
    }

    @Override
    public TransactionHandle resubmit(String failedId) {
        MutationTransaction failed = find(failedId)
                .filter(transaction -> transaction.state() == TransactionState.FAILED)
                .orElseThrow(() -> new IllegalArgumentException("there is no failed transaction " + failedId));
        Options options =
                Options.NONE.with(MutationOption.fn(failed.mutationFn()), MutationOption.metadata(metadata(failed)));
        Rows home = rows(failed, failed.collection());
        Draft draft = new Draft(engine, home, options, outcomeUnknown(failed) ? failed.idempotencyKey() : null);
        failed.mutations().forEach(mutation -> again(draft, failed, mutation));
        return draft.commit();
    }

    private static Map<String, String> metadata(MutationTransaction failed) {
        return failed.mutations().get(0).metadata();
    }

    private Rows rows(MutationTransaction failed, String collection) {
        Rows rows = engine.registry.named(collection);
        if (rows == null) {
            throw new IllegalArgumentException("transaction " + failed.id()
                    + " cannot be submitted again: collection \"" + collection + "\" is not open");
        }
        return rows;
    }

    private void again(Draft draft, MutationTransaction failed, PendingMutation mutation) {
        Rows rows = rows(failed, mutation.ref().collection());
        if (mutation.modified() instanceof UnreadableRow unreadable) {
            throw new IllegalArgumentException("transaction " + failed.id() + " cannot be submitted again: its row "
                    + mutation.ref() + " cannot be read: " + unreadable.reason());
        }
        if (mutation.type() == MutationType.INSERT) {
            draft.insert(rows, mutation.modified());
        } else if (mutation.type() == MutationType.DELETE) {
            draft.delete(rows, mutation.ref().key());
        } else {
            draft.update(rows, mutation.ref().key(), row -> rows.model.patch(row, mutation.changes()));
        }
    }

    /** Whether the backend may have it after all: then it has to be able to tell that it is the same (MUTATIONS 7). */
    private static boolean outcomeUnknown(MutationTransaction failed) {
        TransactionError error = failed.error();
        if (error == null || failed.attempts().isEmpty()) {
            return false;
        }
        Throwable thrown = error.error();
        String type = thrown instanceof RestoredException restored
                ? restored.type()
                : thrown.getClass().getName();
        return type.equals(AttemptsExhaustedException.class.getName())
                || type.equals(InterruptedTooOftenException.class.getName())
                || type.equals(CancellationException.class.getName());
    }

    @Override
    public long prune(Query query) {
        try (Stream<StoredTransaction> all = engine.journal.storage().history(query)) {
            all.filter(stored -> !stored.state().active()).forEach(stored -> engine.history.forget(stored.id()));
        }
        return engine.journal.storage().prune(query);
    }
}
