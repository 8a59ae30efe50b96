package io.statesync.test.mutation;

import io.statesync.test.mutation.Item.Edit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reference: a list of transactions, from which everything is recomputed whenever somebody asks, with no thought of
 * speed. It shares no code with the engine but the names of the states. {@link ModelRules} says what happens to it.
 */
final class Model {

    final Map<String, ModelRows> collections = new LinkedHashMap<>();
    final List<ModelTransaction> transactions = new ArrayList<>();

    /** What the storage has to have, and a crash takes away from its end. */
    final List<ModelEntry> log = new ArrayList<>();

    List<ModelTransaction> active() {
        return transactions.stream().filter(ModelTransaction::active).toList();
    }

    boolean locked(String collection, String key) {
        for (ModelTransaction one : transactions) {
            if (one.locks() && one.touches(collection, key)) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    ModelTransaction behind(ModelTransaction transaction) {
        ModelTransaction behind = null;
        for (ModelTransaction other : transactions) {
            if (other == transaction) {
                return behind;
            }
            behind = other.active() && other.meets(transaction) ? other : behind;
        }
        return behind;
    }

    @Nullable
    Item visible(String collection, String key) {
        List<Edit> pending = new ArrayList<>();
        boolean merging = false;
        for (ModelTransaction one : transactions) {
            if (one.active() && one.touches(collection, key)) {
                merging |= one.merging;
                for (Edit edit : one.edits) {
                    if (edit.key().equals(key) && edit.collection().equals(collection)) {
                        pending.add(edit);
                    }
                }
            }
        }
        Item synced = rows(collection).synced.get(key);
        return compose(synced, pending, merging && !locked(collection, key));
    }

    static @Nullable Item compose(@Nullable Item synced, List<Edit> pending, boolean merging) {
        if (merging) {
            return Item.merge(synced, pending);
        }
        Item row = synced;
        for (Edit edit : pending) {
            row = edit.over(row);
        }
        return row;
    }

    ModelRows rows(String collection) {
        return collections.computeIfAbsent(collection, ModelRows::new);
    }

    /** Whether sync has brought all that the backend promised. */
    boolean confirmed(ModelTransaction one) {
        return !one.ownDue
                && one.revisions.entrySet().stream()
                        .allMatch(wanted -> rows(wanted.getKey()).has(wanted.getValue()));
    }
}
