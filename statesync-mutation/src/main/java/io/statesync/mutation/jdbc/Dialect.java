package io.statesync.mutation.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What databases do differently, above all about what a commit means. */
enum Dialect {
    SQLITE("schema-sqlite.sql") {
        @Override
        void prepare(Connection connection) throws SQLException {
            run(connection, "PRAGMA synchronous=FULL");
            run(connection, "PRAGMA fullfsync=1");
        }
    },

    POSTGRESQL("schema-postgresql.sql") {
        @Override
        void prepare(Connection connection) throws SQLException {
            run(connection, "SET synchronous_commit = on");
        }

        @Override
        @Nullable
        String doubt(Connection connection) throws SQLException {
            return "on".equals(ask(connection, "SHOW fsync"))
                    ? null
                    : "the server runs with fsync=off: what it commits may be lost with its machine";
        }
    },

    MARIADB("schema-mariadb.sql") {
        @Override
        @Nullable
        String doubt(Connection connection) throws SQLException {
            return "1".equals(ask(connection, "SELECT @@innodb_flush_log_at_trx_commit"))
                    ? null
                    : "the server does not run with innodb_flush_log_at_trx_commit=1: what it commits may be lost"
                            + " with its machine";
        }
    },

    /** H2 writes a commit half a second later unless it is told otherwise, and never forces it to the disk by itself. */
    H2("schema-h2.sql") {
        @Override
        void prepare(Connection connection) throws SQLException {
            run(connection, "SET WRITE_DELAY 0");
        }

        @Override
        void force(Connection connection) throws SQLException {
            run(connection, "CHECKPOINT SYNC");
        }

        @Override
        @Nullable
        String doubt(Connection connection) throws SQLException {
            return connection.getMetaData().getURL().startsWith("jdbc:h2:mem:")
                    ? "the database is in memory: what it commits ends with the process"
                    : null;
        }
    };

    final String schema;

    Dialect(String schema) {
        this.schema = schema;
    }

    /** Sets what a commit means on the connection of the writer. */
    void prepare(Connection connection) throws SQLException {}

    /** Bounds how long the server may take to answer: one that is half dead keeps a connection open and says nothing. */
    void bound(Connection connection, Duration answer) throws SQLException {
        if (this == POSTGRESQL || this == MARIADB) {
            connection.setNetworkTimeout(Runnable::run, (int) Math.min(Integer.MAX_VALUE, answer.toMillis()));
        }
    }

    /** Brings what was committed to the disk, where a commit does not. */
    void force(Connection connection) throws SQLException {}

    /** Why a commit is not durable here; null if it is. */
    @Nullable
    String doubt(Connection connection) throws SQLException {
        return null;
    }

    /** @throws SQLException if the database is none of those that are known */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "SQLite" -> SQLITE;
            case "PostgreSQL" -> POSTGRESQL;
            case "MariaDB" -> MARIADB;
            case "H2" -> H2;
            default ->
                throw new SQLFeatureNotSupportedException(
                        product + " is not known here; use SQLite, PostgreSQL, MariaDB or H2");
        };
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static @Nullable String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }
}
