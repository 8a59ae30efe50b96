package io.statesync.benchmarks;

import bench.spi.MutableStore.Row;
import io.statesync.mutation.RowModel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of the harness, taken apart by hand as an application with hot rows would. */
final class RowFields implements RowModel<Integer, Row> {

    @Override
    public Integer key(Row row) {
        return row.id();
    }

    @Override
    public Map<String, @Nullable Object> fields(Row row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(4);
        fields.put("id", row.id());
        fields.put("name", row.name());
        fields.put("n", row.n());
        return fields;
    }

    @Override
    @SuppressWarnings("NullAway") // fields() put them there
    public Row row(Map<String, @Nullable Object> fields) {
        return new Row((Integer) fields.get("id"), (String) fields.get("name"), (Long) fields.get("n"));
    }
}
