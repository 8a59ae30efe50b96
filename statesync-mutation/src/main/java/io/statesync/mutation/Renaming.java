package io.statesync.mutation;

import io.statesync.mutation.store.StoreEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were inserted under a temporary key get the one that the backend made, with all that is pending on them. What
 * they become is made up and encoded without the engine's lock, and holds if nothing came meanwhile.
 */
final class Renaming {

    private final Engine engine;

    Renaming(Engine engine) {
        this.engine = engine;
    }

    /** Who is concerned, as they were when this was read, and what they become. */
    static final class Plan {

        static final Plan NONE = new Plan(Map.of());

        private final Map<Ref, Object> keys;
        private final List<One> all = new ArrayList<>();
        private final Map<Ref, List<Change>> pending = new LinkedHashMap<>();

        private Plan(Map<Ref, Object> keys) {
            this.keys = keys;
        }

        List<StoreEvent.Rewritten> records() {
            return all.stream().map(one -> one.record).toList();
        }
    }

    private record One(Tx tx, List<Change> before, List<Change> after, StoreEvent.Rewritten record) {}

    /** Without the lock. */
    Plan plan(Tx tx, PersistResult result) {
        Map<Ref, Object> keys = keys(tx, result);
        if (keys.isEmpty()) {
            return Plan.NONE;
        }
        Plan plan = new Plan(keys);
        Map<Tx, List<Change>> found = engine.step(turn -> concerned(tx, plan));
        found.forEach((one, before) -> {
            List<Change> after = new ArrayList<>(before.size());
            before.forEach(change -> after.add(renamed(change, keys.get(change.ref))));
            plan.all.add(new One(one, before, after, new StoreEvent.Rewritten(one.id, engine.births.encode(after))));
        });
        return plan;
    }

    /** Those of the keys that are of rows of this transaction, and that its rows can have. */
    private Map<Ref, Object> keys(Tx tx, PersistResult result) {
        Map<Ref, Object> keys = new LinkedHashMap<>();
        for (Change change : result.keys().isEmpty() ? List.<Change>of() : tx.changes) {
            Object key = result.keys()
                    .getOrDefault(change.ref.collection(), Map.of())
                    .get(change.key());
            if (key != null && !key.equals(change.key())) {
                try {
                    change.rows.model.withKey(change.modified, key);
                    keys.put(change.ref, key);
                } catch (RuntimeException | Error refused) {
                    engine.confirmations.unreadable(tx, refused);
                }
            }
        }
        return keys;
    }

    private static Map<Tx, List<Change>> concerned(Tx tx, Plan plan) {
        Map<Tx, List<Change>> found = new LinkedHashMap<>();
        found.put(tx, tx.changes);
        for (Change change : tx.changes) {
            if (plan.keys.containsKey(change.ref)) {
                List<Change> there = List.copyOf(change.rows.pending(change.key()));
                plan.pending.put(change.ref, there);
                there.forEach(other -> found.put(other.tx, other.tx.changes));
            }
        }
        return found;
    }

    private static Change renamed(Change change, @Nullable Object key) {
        if (key == null) {
            return change;
        }
        Rows rows = change.rows;
        Object original = change.original;
        Object modified = rows.model.withKey(change.modified, key);
        Map<String, @Nullable Object> changes = new LinkedHashMap<>(change.changes);
        // of an insertion, and of a row that was replaced, the key is among the fields
        rows.model.changes(change.modified, modified).forEach(changes::replace);
        return new Change(
                rows,
                new Ref(rows.id, key),
                change.type,
                original == null ? null : rows.model.withKey(original, key),
                modified,
                changes,
                change.metadata);
    }

    /** Under the lock. False, and nothing is done, if something came meanwhile. */
    boolean apply(Turn turn, Plan plan) {
        for (One one : plan.all) {
            if (one.tx.changes != one.before) {
                return false;
            }
            for (Change change : one.before) {
                List<Change> there = plan.pending.get(change.ref);
                if (there != null && !there.equals(change.rows.pending(change.key()))) {
                    return false;
                }
            }
        }
        plan.all.forEach(one -> move(turn, one, plan.keys));
        plan.keys.forEach((ref, key) -> engine.claims.rename(ref, new Ref(ref.collection(), key)));
        return true;
    }

    private static void move(Turn turn, One one, Map<Ref, Object> keys) {
        Tx tx = one.tx;
        tx.changes = one.after;
        tx.publish();
        for (int i = 0; i < one.after.size(); i++) {
            Change before = one.before.get(i);
            Object key = keys.get(before.ref);
            if (key != null) {
                Rows rows = before.rows;
                rows.remove(turn, before);
                one.after.get(i).tx = tx;
                Change after = one.after.get(i);
                rows.add(turn, after, rows.layers.visible(after.key()));
                if (tx.locked) {
                    rows.unlock(turn, before.key());
                    rows.release(turn, before.key(), null);
                    rows.lock(turn, key);
                }
                rows.aliases.put(before.key(), key);
            }
        }
    }
}
