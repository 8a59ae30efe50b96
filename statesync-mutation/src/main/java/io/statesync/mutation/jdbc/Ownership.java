package io.statesync.mutation.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Whose the store is: a fence that rises with each owner, and a lease that the owner renews. */
final class Ownership {

    private final Connection connection;
    private final StoreSettings settings;

    Ownership(Connection connection, StoreSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    /**
     * Makes the store this node's. Waits for the end of a lease that nobody renews, never longer than it can last.
     *
     * @throws SQLException if another node has it and renews its lease
     */
    Owned take() throws SQLException, InterruptedException {
        Row found = attempt();
        for (int waits = 0; found.busy; waits++) {
            long left = Math.min(
                    found.leaseUntil - settings.clock().millis(),
                    settings.lease().toMillis());
            if (waits > 0) {
                throw new StoreInUseException(
                        ("the transaction store '%s' belongs to %s, which renews its lease (until %s);"
                                        + " give each node a store name of its own")
                                .formatted(settings.name(), found.owner, Instant.ofEpochMilli(found.leaseUntil)));
            }
            settings.scheduler().sleep(Duration.ofMillis(Math.max(1, left + 1)));
            found = attempt();
        }
        return new Owned(found.fence, found.lastSequence);
    }

    /** The update locks the row, so that nobody else decides at the same time. */
    private Row attempt() throws SQLException {
        connection.setAutoCommit(false);
        try {
            if (!lockRow()) {
                createRow();
            }
            Row row = read();
            if (!row.busy) {
                row = new Row(row.fence + 1, row.owner, row.leaseUntil, row.lastSequence, false);
                write(row.fence);
            }
            connection.commit();
            return row;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    private boolean lockRow() throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE statesync_transaction_store SET fence = fence WHERE store = ?")) {
            update.setString(1, settings.name());
            return update.executeUpdate() == 1;
        }
    }

    private void createRow() throws SQLException {
        try {
            insertRow();
        } catch (SQLException e) {
            connection.rollback();
            // somebody else may have been first
            if (!lockRow()) {
                throw e;
            }
        }
    }

    private void insertRow() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO statesync_transaction_store"
                + " (store, fence, owner, lease_until, last_sequence) VALUES (?, 0, '', 0, 0)")) {
            insert.setString(1, settings.name());
            insert.executeUpdate();
        }
    }

    private Row read() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT fence, owner, lease_until, last_sequence,"
                + " (SELECT MAX(seq) FROM statesync_transaction t WHERE t.store = s.store)"
                + " FROM statesync_transaction_store s WHERE store = ?")) {
            select.setString(1, settings.name());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long leaseUntil = row.getLong(3);
                return new Row(
                        row.getLong(1),
                        row.getString(2),
                        leaseUntil,
                        Math.max(row.getLong(4), row.getLong(5)),
                        settings.leased() && leaseUntil > settings.clock().millis());
            }
        }
    }

    private void write(long fence) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE statesync_transaction_store" + " SET fence = ?, owner = ?, lease_until = ? WHERE store = ?")) {
            update.setLong(1, fence);
            update.setString(2, settings.owner());
            update.setLong(3, settings.leaseUntil());
            update.setString(4, settings.name());
            update.executeUpdate();
        }
    }

    /**
     * What the owner knows.
     *
     * @param fence the number that nobody else has
     * @param lastSequence the largest sequence that was ever stored
     */
    record Owned(long fence, long lastSequence) {}

    private record Row(long fence, String owner, long leaseUntil, long lastSequence, boolean busy) {}
}
