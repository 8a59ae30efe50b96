package io.statesync.spring.jdbc;

import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** What databases write differently. */
interface Dialect {

    /**
     * Issues a topic's next revision and locks the topic until the transaction ends, so that two writers never issue the
     * same: the larger of the successor and the floor.
     *
     * @return empty if the largest was issued: it has no successor
     */
    Optional<BigDecimal> next(Connection connection, String table, String topic, BigDecimal floor) throws SQLException;

    /** Inserts a topic's data, or replaces it. */
    void put(Connection connection, String table, String topic, byte[] payload) throws SQLException;

    /**
     * Inserts a topic's record, or replaces an older one.
     *
     * @return false if the one that is there is not older
     */
    boolean keep(Connection connection, String table, String topic, RecordVersion version, RecordBytes record)
            throws SQLException;

    /**
     * Stores an idempotency key, and waits for another transaction that has stored it until that ends.
     *
     * @return whether it was not there
     */
    boolean claim(Connection connection, String table, String key, long millis) throws SQLException;

    /** The largest revision that a column can hold. */
    BigDecimal largest();

    /** The dialect of a database, by the name of its product. */
    static Dialect of(Connection connection) throws SQLException {
        return switch (connection.getMetaData().getDatabaseProductName()) {
            case "PostgreSQL" -> OnConflict.POSTGRESQL;
            case "SQLite" -> OnConflict.SQLITE;
            default -> new UpdateThenInsert();
        };
    }
}
