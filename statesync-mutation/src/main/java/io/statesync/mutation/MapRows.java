package io.statesync.mutation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that are maps. */
final class MapRows<K> implements RowModel<K, Map<String, Object>> {

    private final String idField;

    MapRows(String idField) {
        this.idField = idField;
    }

    @Override
    @SuppressWarnings("unchecked")
    public K key(Map<String, Object> row) {
        Object key = row.get(idField);
        if (key == null) {
            throw new IllegalArgumentException(
                    "a row has no field \"" + idField + "\", which is its key: " + row.keySet());
        }
        return (K) key;
    }

    @Override
    public Map<String, @Nullable Object> fields(Map<String, Object> row) {
        return row;
    }

    @Override
    public Map<String, Object> row(Map<String, @Nullable Object> fields) {
        Map<String, Object> row = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (value != null) {
                row.put(name, value);
            }
        });
        return Collections.unmodifiableMap(row);
    }
}
