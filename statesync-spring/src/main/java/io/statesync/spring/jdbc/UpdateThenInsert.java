package io.statesync.spring.jdbc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
            if (current(connection, table, topic).isPresent()) {
                return Optional.empty();
            }
            try {
                insert(connection, "INSERT INTO " + table + " (topic, revision) VALUES (?, ?)", topic, floor);
                return Optional.of(floor);
            } catch (SQLException e) {
                retry(attempt, e);
            }
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
