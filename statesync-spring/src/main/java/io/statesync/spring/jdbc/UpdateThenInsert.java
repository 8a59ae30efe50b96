package io.statesync.spring.jdbc;

import io.statesync.Revision;
import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;

/**
 * Any database with transactions: an update, which locks the row; if there is none an insert, and if somebody else was
 * faster the update again. A failed insert must not end the transaction (in PostgreSQL it does).
 */
record UpdateThenInsert() implements Dialect {

    /** 2^64 - 1, the protocol's largest (P1). */
    static final BigDecimal LARGEST = new BigDecimal("18446744073709551615");

    private static final int ATTEMPTS = 5;

    @Override
    public BigDecimal largest() {
        return LARGEST;
    }

    @Override
    public Optional<BigDecimal> next(Connection connection, String table, String topic, BigDecimal floor)
            throws SQLException {
        for (int attempt = 1; ; attempt++) {
            if (raised(connection, table, topic, floor)) {
                return current(connection, table, topic);
            }
            Optional<BigDecimal> there = current(connection, table, topic);
            if (there.isPresent() && there.get().compareTo(LARGEST) >= 0) {
                return Optional.empty();
            }
            // one that is there and smaller was inserted after the update: it can be raised now
            if (there.isEmpty() && started(connection, table, topic, floor, attempt)) {
                return Optional.of(floor);
            }
            if (attempt == ATTEMPTS) {
                throw new SQLTransientException(
                        "The row of topic \"" + topic + "\" in " + table + " comes and goes: it could not be raised");
            }
        }
    }

    private static boolean started(Connection connection, String table, String topic, BigDecimal floor, int attempt)
            throws SQLException {
        try {
            insert(connection, "INSERT INTO " + table + " (topic, revision) VALUES (?, ?)", topic, floor);
            return true;
        } catch (SQLException e) {
            retry(attempt, e);
            return false;
        }
    }

    @Override
    public void put(Connection connection, String table, String topic, byte[] payload) throws SQLException {
        for (int attempt = 1; !replaced(connection, table, topic, payload); attempt++) {
            try {
                insert(connection, "INSERT INTO " + table + " (topic, payload) VALUES (?, ?)", topic, payload);
                return;
            } catch (SQLException e) {
                retry(attempt, e);
            }
        }
    }

    @Override
    public boolean keep(Connection connection, String table, String topic, RecordVersion version, RecordBytes record)
            throws SQLException {
        for (int attempt = 1; ; attempt++) {
            // first: what is inserted after an update that found nothing may be older
            boolean there = current(connection, table, topic).isPresent();
            if (overtaken(connection, table, topic, version, record)) {
                return true;
            }
            if (there && current(connection, table, topic).isPresent()) {
                return false;
            }
            String sql = "INSERT INTO " + table + " (revision, schema_version, payload, topic) VALUES (?, ?, ?, ?)";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, topic, version, record);
                statement.executeUpdate();
                return true;
            } catch (SQLException e) {
                retry(attempt, e);
            }
        }
    }

    private static boolean overtaken(
            Connection connection, String table, String topic, RecordVersion version, RecordBytes record)
            throws SQLException {
        String sql = "UPDATE " + table + " SET revision = ?, schema_version = ?, payload = ? WHERE topic = ?"
                + " AND (revision < ? OR (revision = ? AND schema_version < ?))";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int next = bind(statement, topic, version, record);
            statement.setBigDecimal(next, number(version.revision()));
            statement.setBigDecimal(next + 1, number(version.revision()));
            statement.setInt(next + 2, version.schema());
            return statement.executeUpdate() > 0;
        }
    }

    /* Answers the number of the next parameter. */
    private static int bind(PreparedStatement statement, String topic, RecordVersion version, RecordBytes record)
            throws SQLException {
        statement.setBigDecimal(1, number(version.revision()));
        statement.setInt(2, version.schema());
        statement.setBinaryStream(3, record.open(), record.size());
        statement.setString(4, topic);
        return 5;
    }

    /** A revision as the columns of most databases have it. */
    static BigDecimal number(Revision revision) {
        return new BigDecimal(revision.toString());
    }

    @Override
    public boolean claim(Connection connection, String table, String key, long millis) throws SQLException {
        String sql = "INSERT INTO " + table + " (idempotency_key, stored_at) VALUES (?, ?)";
        try {
            insert(connection, sql, key, millis);
            return true;
        } catch (SQLException e) {
            retry(1, e);
            return false;
        }
    }

    private static boolean raised(Connection connection, String table, String topic, BigDecimal floor)
            throws SQLException {
        String sql = "UPDATE " + table + " SET revision = CASE WHEN revision >= ? THEN revision + 1 ELSE ? END"
                + " WHERE topic = ? AND revision < " + LARGEST;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setBigDecimal(1, floor);
            statement.setBigDecimal(2, floor);
            statement.setString(3, topic);
            return statement.executeUpdate() > 0;
        }
    }

    private static Optional<BigDecimal> current(Connection connection, String table, String topic) throws SQLException {
        String sql = "SELECT revision FROM " + table + " WHERE topic = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, topic);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getBigDecimal(1)) : Optional.empty();
            }
        }
    }

    private static boolean replaced(Connection connection, String table, String topic, byte[] payload)
            throws SQLException {
        String sql = "UPDATE " + table + " SET payload = ? WHERE topic = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setBytes(1, payload);
            statement.setString(2, topic);
            return statement.executeUpdate() > 0;
        }
    }

    private static void insert(Connection connection, String sql, String topic, Object value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, topic);
            statement.setObject(2, value);
            statement.executeUpdate();
        }
    }

    /* class 23: somebody else has inserted it */
    private static void retry(int attempt, SQLException e) throws SQLException {
        String state = e.getSQLState();
        if (attempt == ATTEMPTS || state == null || !state.startsWith("23")) {
            throw e;
        }
    }
}
