package io.statesync.mutation;

import io.statesync.mutation.store.MutationType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All mutations of one row in one transaction, folded into one (MU-M8). Used by one thread. */
final class Fold {

    private final Rows rows;
    private Ref ref;
    private List<Step> steps = List.of();

    /** The row that was visible before the first of them, and as they left it. */
    private @Nullable Object original;

    private @Nullable Object current;
    private boolean replaced;

    Fold(Rows rows, Object key, @Nullable Object visible) {
        this.rows = rows;
        ref = new Ref(rows.id, key);
        this.original = visible;
        this.current = visible;
    }

    @Nullable
    Object current() {
        return current;
    }

    void insert(Object row) {
        make(() -> {
            if (current != null) {
                throw new DuplicateKeyException("collection \"" + rows.id + "\" has a row with key " + key()
                        + ": update it, or insert the new row under another key");
            }
            current = row;
        });
    }

    void update(UnaryOperator<Object> edit) {
        make(() -> {
            Object edited = edit.apply(existing("updated"));
            if (edited == null) {
                throw new IllegalArgumentException(
                        "the edit of " + ref + " returned null: use delete(key) to remove the row");
            }
            Object newKey = rows.model.key(edited);
            if (!key().equals(newKey)) {
                throw new IllegalArgumentException("the edit of " + ref + " changes the key to " + newKey
                        + ": delete the row and insert another one");
            }
            current = edited;
        });
    }

    void delete() {
        make(() -> {
            existing("deleted");
            current = null;
            replaced = original != null;
        });
    }

    private Object existing(String done) {
        Object row = current;
        if (row == null) {
            throw new ObjectNotFoundException(
                    "collection \"" + rows.id + "\" has no row with key " + key() + ", so it cannot be " + done);
        }
        return row;
    }

    private void make(Step step) {
        step.make();
        if (steps.isEmpty()) {
            steps = List.of(step);
        } else {
            steps = steps.size() == 1 ? new ArrayList<>(steps) : steps;
            steps.add(step);
        }
    }

    /** Another thread changed the row: the same steps over what is visible now. */
    void again(@Nullable Object visible) {
        original = visible;
        current = visible;
        replaced = false;
        steps.forEach(Step::make);
    }

    /** The row has another key since. */
    void rekey() {
        Object now = rows.aliases.now(key());
        if (now != key()) {
            ref = new Ref(rows.id, now);
        }
    }

    boolean over(@Nullable Object visible) {
        return original == visible;
    }

    Rows rows() {
        return rows;
    }

    Ref ref() {
        return ref;
    }

    Object key() {
        return ref.key();
    }

    /** What they come to; null: nothing. */
    @Nullable
    Change change(Map<String, String> metadata) {
        Object before = original;
        Object after = current;
        if (before == null) {
            return after == null
                    ? null
                    : new Change(rows, ref, MutationType.INSERT, null, after, rows.model.fields(after), metadata);
        }
        if (after == null) {
            return new Change(rows, ref, MutationType.DELETE, before, before, Map.of(), metadata);
        }
        Map<String, @Nullable Object> differing = rows.model.changes(before, after);
        if (differing.isEmpty()) {
            return null;
        }
        if (replaced) {
            // the whole row, not what happens to differ; what only the old one had goes
            Map<String, @Nullable Object> whole = new LinkedHashMap<>(rows.model.fields(after));
            differing.forEach(whole::putIfAbsent);
            differing = whole;
        }
        return new Change(rows, ref, MutationType.UPDATE, before, after, differing, metadata);
    }

    @FunctionalInterface
    private interface Step {
        void make();
    }
}
