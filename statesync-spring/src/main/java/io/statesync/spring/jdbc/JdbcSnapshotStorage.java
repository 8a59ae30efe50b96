package io.statesync.spring.jdbc;

import io.statesync.Topic;
import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import io.statesync.persistence.SnapshotStorage;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;

/**
 * Keeps persisted snapshots in a table, one row per topic, for all instances of an application together. A record that was
 * set aside is in a second table, the newest of each topic. Each call has a connection and a transaction of its own. Safe
 * for use by any thread and by several processes.
 */
public final class JdbcSnapshotStorage implements SnapshotStorage {

    private final Connections connections;
    private final JdbcTables tables;

    public JdbcSnapshotStorage(DataSource dataSource, JdbcTables tables) {
        this.connections = new Connections(dataSource);
        this.tables = tables;
    }

    @Override
    public Optional<RecordBytes> load(String topic) throws IOException {
        return told("read", topic, connection -> read(connection, topic));
    }

    @Override
    public boolean save(String topic, RecordVersion version, RecordBytes record) throws IOException {
        return told(
                "write",
                topic,
                connection -> Dialect.of(connection).keep(connection, tables.record(), topic, version, record));
    }

    /** {@inheritDoc} The topic's record that was set aside before, if there was one, is overwritten. */
    @Override
    public String setAside(String topic, RecordBytes unreadable) throws IOException {
        told("set aside", topic, connection -> {
            lock(connection, topic);
            if (read(connection, topic).filter(unreadable::equals).isPresent()) {
                delete(connection, tables.recordAside(), topic);
                keepAside(connection, topic, unreadable);
                delete(connection, tables.record(), topic);
            }
            return true;
        });
        return "table " + tables.recordAside() + ", topic \"" + topic + "\"";
    }

    /* Whoever replaces the record waits: by an update, as not every database can lock what it reads. */
    private void lock(Connection connection, String topic) throws SQLException {
        String sql = "UPDATE " + tables.record() + " SET revision = revision WHERE topic = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, topic);
            statement.executeUpdate();
        }
    }

    private Optional<RecordBytes> read(Connection connection, String topic) throws SQLException {
        String sql = "SELECT payload FROM " + tables.record() + " WHERE topic = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, topic);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(payload(rows, topic)) : Optional.empty();
            }
        }
    }

    private static RecordBytes payload(ResultSet rows, String topic) throws SQLException {
        try (InputStream payload = rows.getBinaryStream(1)) {
            return payload == null ? RecordBytes.of(new byte[0]) : RecordBytes.read(payload);
        } catch (IOException e) {
            throw new SQLException("the record of topic \"" + topic + "\" was cut short", e);
        }
    }

    private void keepAside(Connection connection, String topic, RecordBytes record) throws SQLException {
        String sql = "INSERT INTO " + tables.recordAside() + " (topic, payload) VALUES (?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, topic);
            statement.setBinaryStream(2, record.open(), record.size());
            statement.executeUpdate();
        }
    }

    private static void delete(Connection connection, String table, String topic) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM " + table + " WHERE topic = ?")) {
            statement.setString(1, topic);
            statement.executeUpdate();
        }
    }

    private <T> T told(String what, String topic, Connections.Work<T> work) throws IOException {
        String task = what + " the record of topic \"" + Topic.requireValid(topic) + "\" in table " + tables.record();
        try {
            return connections.alone(task, work);
        } catch (DataAccessException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
