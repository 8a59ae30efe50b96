package io.statesync.spring.jdbc;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.spring.json.SnapshotCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One topic: its label is what the counter's table says in the same statement that reads the data (P6). */
record JdbcSnapshotProvider<T>(
        Connections connections,
        JdbcTables tables,
        SnapshotCodec codec,
        String topic,
        Type type,
        int queryTimeout,
        long maxSnapshotSize)
        implements ConditionalSnapshotProvider<T> {

    private static final BigDecimal NOTHING_KNOWN = BigDecimal.ONE.negate();
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 9;

    @Override
    public SnapshotEnvelope<T> getSnapshot() throws IOException {
        Row row = row(NOTHING_KNOWN)
                .orElseThrow(() -> new IllegalStateException(
                        "table " + tables.snapshot() + " has no row for topic \"" + topic + "\""));
        return envelope(row.revision, Objects.requireNonNull(row.payload));
    }

    @Override
    public Optional<SnapshotEnvelope<T>> getSnapshotUnless(Revision known) throws IOException {
        Row row = row(new BigDecimal(known.toString()))
                .orElseThrow(() -> new IllegalStateException("table " + tables.snapshot()
                        + " has lost its row for topic \"" + topic + "\", of which revision " + known
                        + " is applied here: it was emptied, or restored from a backup without it"));
        return row.payload == null ? Optional.empty() : Optional.of(envelope(row.revision, row.payload));
    }

    private SnapshotEnvelope<T> envelope(Revision revision, byte[] payload) throws IOException {
        if (payload.length > maxSnapshotSize) {
            throw new IOException("the snapshot of topic \"" + topic + "\" in table " + tables.snapshot()
                    + " is larger than " + maxSnapshotSize + " bytes");
        }
        return codec.decode(revision, new ByteArrayInputStream(payload), type);
    }

    /* The data only if it is wanted. */
    private Optional<Row> row(BigDecimal known) {
        String sql = "SELECT COALESCE(r.revision, 0),"
                + " CASE WHEN r.revision = ? THEN NULL ELSE s.payload END"
                + " FROM " + tables.snapshot() + " s LEFT JOIN " + tables.revision() + " r ON r.topic = s.topic"
                + " WHERE s.topic = ?";
        return connections.reading(
                "read the snapshot of topic \"" + topic + "\"", connection -> row(connection, sql, known));
    }

    private Optional<Row> row(Connection connection, String sql, BigDecimal known) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(queryTimeout);
            statement.setBigDecimal(1, known);
            statement.setString(2, topic);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Row(JdbcRevisionCounter.revision(rows.getBigDecimal(1)), payload(rows)))
                        : Optional.empty();
            }
        }
    }

    private byte @Nullable [] payload(ResultSet rows) throws SQLException {
        try (InputStream payload = rows.getBinaryStream(2)) {
            return payload == null ? null : payload.readNBytes((int) Math.min(LARGEST_ARRAY, maxSnapshotSize) + 1);
        } catch (IOException e) {
            throw new SQLException("the payload of topic \"" + topic + "\" was cut short", e);
        }
    }

    private record Row(Revision revision, byte @Nullable [] payload) {}
}
