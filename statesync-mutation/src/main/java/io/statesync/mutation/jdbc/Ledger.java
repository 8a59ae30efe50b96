package io.statesync.mutation.jdbc;

import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoreEvent.AttemptFailed;
import io.statesync.mutation.store.StoreEvent.AttemptStarted;
import io.statesync.mutation.store.StoreEvent.Coalesced;
import io.statesync.mutation.store.StoreEvent.Completed;
import io.statesync.mutation.store.StoreEvent.Created;
import io.statesync.mutation.store.StoreEvent.Failed;
import io.statesync.mutation.store.StoreEvent.Failure;
import io.statesync.mutation.store.StoreEvent.Persisted;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the events, for transactions that are active or not written yet: enough to write all of it again when
 * a commit is not to be believed. Several events of a transaction fold into one change. Used by the writer only.
 */
final class Ledger {

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<Entry> dirty = new LinkedHashSet<>();
    private long lastSequence;

    /** A transaction that is in the database, active. */
    void restore(StoredTransaction transaction) {
        Entry entry = new Entry(transaction);
        entry.written = transaction.state();
        entries.put(transaction.id(), entry);
    }

    void sawSequence(long sequence) {
        lastSequence = Math.max(lastSequence, sequence);
    }

    long lastSequence() {
        return lastSequence;
    }

    void take(StoreEvent event) {
        if (event instanceof Created created) {
            Entry entry = new Entry(created.transaction());
            entries.put(created.transaction().id(), entry);
            dirty.add(entry);
            sawSequence(created.transaction().sequence());
        } else if (event instanceof Coalesced joined) {
            change(joined.transactionId(), known -> known.with(joined.mutations(), joined.at()));
            rewritten(joined.transactionId());
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
                rewritten(it.transactionId());
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
        Entry entry = entries.get(id);
        if (entry != null) {
            entry.now = step.apply(entry.now);
            dirty.add(entry);
        }
    }

    private void rewritten(String id) {
        Entry entry = entries.get(id);
        if (entry != null) {
            entry.rewritten = true;
        }
    }

    boolean isDirty() {
        return !dirty.isEmpty();
    }

    /** What differs from the database, as far as it is known. */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>(dirty.size());
        dirty.forEach(entry -> changes.add(new Change(entry.now, entry.written, entry.rewritten)));
        return changes;
    }

    /** Everything that is known, whatever is in the database. */
    List<StoredTransaction> everything() {
        return entries.values().stream().map(entry -> entry.now).toList();
    }

    /** All of it is in the database now; what is terminal is forgotten here. */
    void written() {
        for (Entry entry : dirty) {
            entry.written = entry.now.state();
            entry.rewritten = false;
            if (!entry.now.state().active()) {
                entries.remove(entry.now.id());
            }
        }
        dirty.clear();
    }

    private static final class Entry {

        StoredTransaction now;

        @Nullable
        TransactionState written;

        boolean rewritten;

        Entry(StoredTransaction now) {
            this.now = now;
        }
    }
}
