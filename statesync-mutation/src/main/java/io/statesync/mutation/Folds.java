package io.statesync.mutation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a draft, in the order in which they came. Most drafts have one, and need no map for it. Used by one thread. */
final class Folds {

    private @Nullable Fold first;
    private @Nullable Map<Ref, Fold> several;

    @Nullable
    Fold find(Rows rows, Object key) {
        if (several != null) {
            return several.get(new Ref(rows.id, key));
        }
        return first != null && first.rows() == rows && first.key().equals(key) ? first : null;
    }

    void add(Fold fold) {
        if (first == null) {
            first = fold;
            return;
        }
        if (several == null) {
            several = new LinkedHashMap<>();
            several.put(first.ref(), first);
        }
        several.put(fold.ref(), fold);
    }

    Collection<Fold> all() {
        if (several != null) {
            return several.values();
        }
        return first == null ? List.of() : List.of(first);
    }

    /** What they come to. */
    List<Change> changes(Map<String, String> metadata) {
        if (several == null) {
            Change only = first == null ? null : first.change(metadata);
            return only == null ? List.of() : List.of(only);
        }
        List<Change> changes = new ArrayList<>(several.size());
        for (Fold fold : several.values()) {
            Change change = fold.change(metadata);
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }
}
