package io.statesync.test.mutation;

import io.statesync.mutation.LockedRefs;
import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.Ref;
import io.statesync.mutation.RowStatus;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.TransactionError;
import io.statesync.mutation.TransactionEvent;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.TransactionState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether the engine is where the model is. */
final class Comparison {

    private final Model model;
    private final List<TestCollection<String, Item>> collections;

    /** So many records were found equal. */
    private int records;

    Comparison(Model model, TestCollection<String, Item> a, TestCollection<String, Item> b) {
        this.model = model;
        collections = List.of(a, b);
    }

    static void same(String what, @Nullable Object wanted, @Nullable Object found) {
        if (!Objects.equals(wanted, found)) {
            throw new AssertionError(what + ": the model has " + wanted + ", the engine " + found);
        }
    }

    private static void same(String what, String of, String key, @Nullable Object wanted, @Nullable Object found) {
        if (!Objects.equals(wanted, found)) {
            same(what + " of " + of + " " + key, wanted, found);
        }
    }

    void check() {
        records();
        List<MutationTransaction> active = collections.get(0).transactions().active();
        transactions(active);
        Set<Ref> locked = new HashSet<>();
        for (TestCollection<String, Item> one : collections) {
            rows(one, locked);
        }
        same("locked", locked, LockedRefs.of(active));
    }

    /** How those ended that did so in the last life of the process. */
    void endings() {
        Map<String, TransactionState> told = new HashMap<>();
        for (TransactionEvent event : collections.get(0).events()) {
            TransactionState before = told.put(event.transaction().id(), event.to());
            if (event.from() != null && !assumedSynced(event)) {
                same("told before " + event.to(), event.from(), before);
            }
        }
        for (ModelTransaction one : model.transactions) {
            if (!one.active()) {
                MutationTransaction found =
                        collections.get(0).transactions().find(one.id).orElseThrow();
                TransactionError error = found.error();
                same("end", one.id, "", one.state, found.state());
                same("confirmation", one.id, "", one.confirmed, found.syncConfirmed());
                same("last event", one.id, "", one.state, told.get(one.id));
                same("root of the failure", one.id, "", one.root, error == null ? null : error.transactionId());
            }
        }
    }

    /** Told at a start of what the storage has (MU-D5), whatever an earlier life had told by then. */
    private static boolean assumedSynced(TransactionEvent event) {
        return event.from() == TransactionState.PERSISTED_AWAITING_SYNC
                && event.to() == TransactionState.COMPLETED
                && !event.transaction().syncConfirmed();
    }

    private void transactions(List<MutationTransaction> active) {
        List<ModelTransaction> wanted = model.active();
        same(
                "active",
                wanted.stream().map(one -> one.id).toList(),
                active.stream().map(MutationTransaction::id).toList());
        for (int i = 0; i < active.size(); i++) {
            MutationTransaction found = active.get(i);
            ModelTransaction one = wanted.get(i);
            same("state", one.id, "", one.state, found.state());
            ModelTransaction behind = one.state == TransactionState.QUEUED ? model.behind(one) : null;
            same("queued_behind", one.id, "", behind == null ? null : behind.id, found.queuedBehind());
            same("attempts", one.id, "", one.attempts, found.currentAttempt());
        }
    }

    private void rows(TestCollection<String, Item> one, Set<Ref> locked) {
        SyncedCollection<String, Item> collection = one.collection();
        String id = collection.id();
        ModelRows rows = model.rows(id);
        Map<String, Item> visible = new HashMap<>();
        for (String key : RandomHistory.KEYS) {
            Item row = model.visible(id, key);
            if (row != null) {
                visible.put(key, row);
            }
            RowStatus status = collection.rowStatus(key);
            same("locked", id, key, model.locked(id, key), status.locked());
            same("held", id, key, rows.held.containsKey(key), status.held());
            same("provisional", id, key, rows.provisional.contains(key), status.provisional());
            if (status.locked()) {
                locked.add(new Ref(id, key));
            }
        }
        same("rows", id, "", visible, collection.data());
        same("size", id, "", visible.size(), collection.size());
    }

    private void records() {
        List<StoreEvent> found = collections.get(0).faults().written();
        for (records = Math.min(records, found.size()); records < found.size(); records++) {
            String wanted = records < model.log.size() ? model.log.get(records).toString() : "nothing";
            same("record", "number", "" + records, wanted, text(found.get(records)));
        }
        same("records", model.log.size(), found.size());
    }

    private static String text(StoreEvent event) {
        if (event instanceof StoreEvent.Created created) {
            return "Created[" + created.transaction().id() + "]";
        } else if (event instanceof StoreEvent.Coalesced coalesced) {
            return "Coalesced[" + coalesced.transactionId() + "]";
        } else if (event instanceof StoreEvent.AttemptStarted started) {
            return "AttemptStarted[" + started.transactionId() + "]";
        } else if (event instanceof StoreEvent.AttemptFailed failed) {
            String how = !failed.attempt().interrupted()
                    ? "AttemptFailed["
                    : failed.attempt().completedAt() == null ? "AttemptInterrupted[" : "AttemptStopped[";
            return how + failed.transactionId() + "]";
        } else if (event instanceof StoreEvent.Persisted persisted) {
            return "Persisted[" + persisted.transactionId() + "]" + new TreeMap<>(persisted.revisions());
        } else if (event instanceof StoreEvent.Completed completed) {
            return "Completed[" + completed.transactionId() + "]";
        }
        StoreEvent.Failed failed = (StoreEvent.Failed) event;
        StringBuilder ids = new StringBuilder("Failed[" + failed.root().transactionId());
        failed.dependents().forEach(dependent -> ids.append(", ").append(dependent.transactionId()));
        return ids.append(']').toString();
    }
}
