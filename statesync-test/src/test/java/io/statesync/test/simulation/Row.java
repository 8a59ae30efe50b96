package io.statesync.test.simulation;

import io.statesync.mutation.RowModel;
import io.statesync.persistence.VersionedCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the simulated state.
 *
 * @param key its key
 * @param token who wrote it: unique to a write
 */
record Row(String key, long token) {

    /** The row that counts the changes: whoever sees it knows which state it belongs to. */
    static final String COUNT = "#";

    static final RowModel<String, Row> MODEL = RowModel.ofRecord(Row.class, Row::key);

    /** Writes the whole state as lines. */
    static final VersionedCodec<Map<String, Row>> CODEC = new VersionedCodec<>() {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public void encode(@Nullable Map<String, Row> data, OutputStream out) throws IOException {
            StringBuilder text = new StringBuilder();
            if (data != null) {
                data.values()
                        .forEach(row -> text.append(row.key)
                                .append(' ')
                                .append(row.token)
                                .append('\n'));
            }
            out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public Map<String, Row> decode(InputStream in, int version) throws IOException {
            Map<String, Row> rows = new LinkedHashMap<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
                int end = line.indexOf(' ');
                String key = line.substring(0, end);
                rows.put(key, new Row(key, Long.parseLong(line.substring(end + 1))));
            }
            return rows;
        }
    };
}
