package io.statesync.mutation.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A SQLite file of one's own: a log beside the file (WAL), forced at each commit. */
final class EmbeddedFile implements Database {

    private static final Logger log = LoggerFactory.getLogger(JdbcTransactionStorage.class);

    private static final int BUSY_MILLIS = 10_000;

    private final Path file;

    /* touched by the thread that opens, and by the one that closes, which come one after the other */
    private @Nullable FileOwner owner;

    EmbeddedFile(Path file) {
        this.file = file;
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public void own() throws IOException {
        owner = FileOwner.of(file);
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection;
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
        } catch (SQLException e) {
            if ("08001".equals(e.getSQLState())) {
                throw new SQLException("add the dependency org.xerial:sqlite-jdbc, or choose a DataSource", e);
            }
            throw e;
        }
        try {
            Dialect.run(connection, "PRAGMA busy_timeout=" + BUSY_MILLIS);
            Dialect.run(connection, "PRAGMA journal_mode=WAL");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void release() {
        FileOwner held = owner;
        owner = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                log.warn("The lock of {} could not be given back; it ends with the process.", file, e);
            }
        }
    }
}
