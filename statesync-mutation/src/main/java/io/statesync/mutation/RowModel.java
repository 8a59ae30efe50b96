package io.statesync.mutation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a row is taken apart and put together. All methods are pure and quick: the engine calls them under its lock. Rows
 * are immutable; two rows of equal fields are equal.
 *
 * @param <K> the type of the key: immutable, with {@code equals} and {@code hashCode}
 * @param <T> the type of a row
 */
public interface RowModel<K, T> {

    /** The key of the row; never changes with an update (MU-M5). */
    K key(T row);

    /** The fields by name, the key's among them, always in the same order. */
    Map<String, @Nullable Object> fields(T row);

    /** The row of these fields; {@code row(fields(r))} equals {@code r}. */
    T row(Map<String, @Nullable Object> fields);

    /** The fields of {@code after} that differ from those of {@code before}, in order; null for those that are gone. */
    default Map<String, @Nullable Object> changes(T before, T after) {
        Map<String, @Nullable Object> old = fields(before);
        Map<String, @Nullable Object> now = fields(after);
        Map<String, @Nullable Object> differing = new LinkedHashMap<>(4);
        now.forEach((name, value) -> {
            if (!old.containsKey(name) || !Objects.equals(old.get(name), value)) {
                differing.put(name, value);
            }
        });
        for (String name : old.keySet()) {
            if (!now.containsKey(name)) {
                differing.put(name, null);
            }
        }
        return differing;
    }

    /** The row with these fields in place of its own. */
    default T patch(T row, Map<String, @Nullable Object> changes) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(fields(row));
        fields.putAll(changes);
        return row(fields);
    }

    /**
     * The same row under another key: for rows that were inserted under a temporary one ({@link PersistResult#withKeys}).
     * Replaces the field that holds the key, if there is one; otherwise to be overridden.
     *
     * @throws UnsupportedOperationException if no field holds the key
     */
    default T withKey(T row, K key) {
        K old = key(row);
        for (Map.Entry<String, @Nullable Object> field : fields(row).entrySet()) {
            if (old.equals(field.getValue())) {
                T changed = patch(row, Map.of(field.getKey(), key));
                if (key.equals(key(changed))) {
                    return changed;
                }
            }
        }
        throw new UnsupportedOperationException(
                "no field of the row with key " + old + " holds its key: override RowModel.withKey to give it " + key);
    }

    /**
     * Rows that are records: their components, read by reflection that is prepared once.
     *
     * @throws IllegalArgumentException if the record cannot be read or made by reflection
     */
    static <K, T extends Record> RowModel<K, T> ofRecord(Class<T> type, Function<? super T, ? extends K> key) {
        return new RecordRows<>(type, key);
    }

    /**
     * Rows that are maps. A field that is null and one that is not there are the same.
     *
     * @param idField the field that holds the key
     */
    static <K> RowModel<K, Map<String, Object>> ofMap(String idField) {
        return new MapRows<>(idField);
    }
}
