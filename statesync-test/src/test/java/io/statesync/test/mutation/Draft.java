package io.statesync.test.mutation;

import io.statesync.mutation.MutationScope;
import io.statesync.test.mutation.Item.Edit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A transaction while it is made up: the same edits of the engine's scope, and of what the model sees. */
final class Draft {

    private final Model model;
    private final Function<String, Item> fresh;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    Draft(Model model, Function<String, Item> fresh) {
        this.model = model;
        this.fresh = fresh;
    }

    private static final class Row {
        final String collection;
        final String key;
        final @Nullable Item before;

        @Nullable
        Item now;

        boolean replaced;

        Row(String collection, String key, @Nullable Item before) {
            this.collection = collection;
            this.key = key;
            this.before = before;
            this.now = before;
        }
    }

    void edit(String collection, String key, MutationScope<String, Item> scope, SplittableRandom random) {
        Row row = rows.computeIfAbsent(
                collection + key, absent -> new Row(collection, key, model.visible(collection, key)));
        Item was = row.now;
        Comparison.same("the row in the scope", was, scope.get(key));
        Item other = fresh.apply(key);
        Item back = row.before;
        if (was == null) {
            Item inserted = back != null && random.nextBoolean() ? back.withText(other.text()) : other;
            row.now = inserted;
            scope.insert(inserted);
        } else if (random.nextInt(4) == 0) {
            row.now = null;
            row.replaced = row.before != null;
            scope.delete(key);
        } else {
            int way = random.nextInt(7);
            Item next = way == 0 && back != null
                    ? back
                    : way < 4 ? was.withText(other.text()) : was.withCount(other.count());
            row.now = next;
            scope.update(key, current -> next);
        }
    }

    /** What the model makes of it. */
    List<Edit> edits() {
        List<Edit> edits = new ArrayList<>();
        for (Row row : rows.values()) {
            Edit edit = Edit.of(row.collection, row.key, row.before, row.now, row.replaced);
            if (edit != null) {
                edits.add(edit);
            }
        }
        return edits;
    }
}
