package io.statesync.spring.jdbc;

import io.statesync.Revision;
import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code INSERT .. ON CONFLICT DO UPDATE .. RETURNING}: one statement.
 *
 * @param greater the function that tells the larger of two numbers
 * @param largest the largest number of the column
 * @param column a revision as it is compared in the table of records
 */
record OnConflict(String greater, BigDecimal largest, Function<Revision, Object> column) implements Dialect {

    static final OnConflict POSTGRESQL = new OnConflict("GREATEST", UpdateThenInsert.LARGEST, UpdateThenInsert::number);

    /** How many digits the protocol's largest revision has. */
    private static final int LONGEST = 20;

    /** Its integers are signed and have 64 bits: hybrid revisions reach the end in the year 2248. */
    static final OnConflict SQLITE = new OnConflict("max", BigDecimal.valueOf(Long.MAX_VALUE), OnConflict::digits);

    @Override
    public Optional<BigDecimal> next(Connection connection, String table, String topic, BigDecimal floor)
            throws SQLException {
        String sql = "INSERT INTO " + table + " AS r (topic, revision) VALUES (?, ?) ON CONFLICT (topic)"
                + " DO UPDATE SET revision = " + greater + "(r.revision + 1, excluded.revision)"
                + " WHERE r.revision < " + largest + " RETURNING revision";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, topic);
            statement.setBigDecimal(2, floor);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getBigDecimal(1)) : Optional.empty();
            }
        }
    }

    @Override
    public void put(Connection connection, String table, String topic, byte[] payload) throws SQLException {
        String sql = "INSERT INTO " + table + " (topic, payload) VALUES (?, ?) ON CONFLICT (topic)"
                + " DO UPDATE SET payload = excluded.payload";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, topic);
            statement.setBytes(2, payload);
            statement.executeUpdate();
        }
    }

    @Override
    public boolean keep(Connection connection, String table, String topic, RecordVersion version, RecordBytes record)
            throws SQLException {
        String sql = "INSERT INTO " + table + " AS r (topic, revision, schema_version, payload) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (topic) DO UPDATE SET revision = excluded.revision,"
                + " schema_version = excluded.schema_version, payload = excluded.payload"
                + " WHERE r.revision < excluded.revision"
                + " OR (r.revision = excluded.revision AND r.schema_version < excluded.schema_version)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, topic);
            statement.setObject(2, column.apply(version.revision()));
            statement.setInt(3, version.schema());
            statement.setBinaryStream(4, record.open(), record.size());
            return statement.executeUpdate() > 0;
        }
    }

    /* As text of one length: the integers of this database end at 2^63 - 1, what a source may issue does not. */
    private static String digits(Revision revision) {
        String decimal = revision.toString();
        return "0".repeat(LONGEST - decimal.length()) + decimal;
    }

    @Override
    public boolean claim(Connection connection, String table, String key, long millis) throws SQLException {
        String sql = "INSERT INTO " + table + " (idempotency_key, stored_at) VALUES (?, ?) ON CONFLICT DO NOTHING";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, key);
            statement.setLong(2, millis);
            return statement.executeUpdate() > 0;
        }
    }
}
