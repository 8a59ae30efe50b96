package io.statesync.test.mutation;

import io.statesync.mutation.RowModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row. */
record Item(String id, String text, int count) {

    static final RowModel<String, Item> ROWS = RowModel.ofRecord(Item.class, Item::id);

    Item withText(String other) {
        return new Item(id, other, count);
    }

    Item withCount(int other) {
        return new Item(id, text, other);
    }

    /** The user's own merge, which both the engine and the model call: texts are put together, the largest count wins. */
    static @Nullable Item merge(@Nullable Item synced, List<Edit> pending) {
        Item merged = synced;
        for (Edit edit : pending) {
            if (edit.after() == null) {
                merged = null;
            } else if (merged == null) {
                merged = edit.inserted() ? edit.after() : null;
            } else {
                String text = edit.text() == null ? merged.text : merged.text + "+" + edit.text();
                int count = edit.count() == null ? merged.count : Math.max(merged.count, edit.count());
                merged = new Item(merged.id, text, count);
            }
        }
        return merged;
    }

    /**
     * What a transaction does to a row.
     *
     * @param after null: it deletes it
     * @param text the new text; null: it stays
     * @param count the new count; null: it stays
     */
    record Edit(
            String collection,
            String key,
            boolean inserted,
            @Nullable Item after,
            @Nullable String text,
            @Nullable Integer count) {

        /** What comes of a row that was, and is to be; null: nothing. */
        static @Nullable Edit of(
                String collection, String key, @Nullable Item before, @Nullable Item after, boolean whole) {
            if (before == null ? after == null : before.equals(after)) {
                return null;
            }
            if (after == null) {
                return new Edit(collection, key, false, null, null, null);
            }
            boolean all = whole || before == null;
            return new Edit(
                    collection,
                    key,
                    before == null,
                    after,
                    all || !before.text.equals(after.text) ? after.text : null,
                    all || before.count != after.count ? after.count : null);
        }

        @Nullable
        Item over(@Nullable Item row) {
            if (row == null || after == null) {
                return inserted ? after : null;
            }
            return new Item(row.id, text == null ? row.text : text, count == null ? row.count : count);
        }
    }
}
