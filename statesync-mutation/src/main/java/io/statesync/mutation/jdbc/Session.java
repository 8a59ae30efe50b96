package io.statesync.mutation.jdbc;

import io.statesync.mutation.store.StoredTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * The writer's connection, which the dialect has prepared, and its statements. Each call is one database transaction, which ends with a commit or leaves
 * nothing; after an exception the session is not to be used again. Used by the writer only.
 */
final class Session implements AutoCloseable {

    private final Connection connection;
    private final Dialect dialect;
    private final StoreSettings settings;
    private final long fence;
    private final PreparedStatement guard;
    private final RowStatements rows;

    Session(Connection connection, Dialect dialect, StoreSettings settings, long fence) throws SQLException {
        this.connection = connection;
        this.dialect = dialect;
        this.settings = settings;
        this.fence = fence;
        connection.setAutoCommit(false);
        guard = connection.prepareStatement("UPDATE statesync_transaction_store"
                + " SET lease_until = ?, last_sequence = CASE WHEN last_sequence < ? THEN ? ELSE last_sequence END"
                + " WHERE store = ? AND fence = ?");
        rows = new RowStatements(connection, settings.name(), fence);
    }

    /** Writes what has changed, from the states that are expected. */
    void write(List<Change> changes) throws SQLException, TakenOverException {
        if (settings.leased()) {
            guard(0);
        }
        rows.write(changes);
        commit();
    }

    /** Writes all of it, whatever of it is there already; only what a later owner wrote is left alone. */
    void rewrite(List<StoredTransaction> transactions) throws SQLException, TakenOverException {
        guard(0);
        for (StoredTransaction transaction : transactions) {
            rows.put(transaction);
        }
        commit();
    }

    /** Says that this node is alive. */
    void renew() throws SQLException, TakenOverException {
        guard(0);
        commit();
    }

    /** Removes those that are terminal. Returns how many there were. */
    int delete(List<Long> sequences, long lastSequence) throws SQLException, TakenOverException {
        guard(lastSequence);
        int deleted = rows.delete(sequences);
        commit();
        return deleted;
    }

    /** Ends the lease, so that the next owner need not wait. */
    void release() throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE statesync_transaction_store SET lease_until = 0 WHERE store = ? AND fence = ?")) {
            update.setString(1, settings.name());
            update.setLong(2, fence);
            update.executeUpdate();
        }
        commit();
    }

    /** The update holds the row until the commit: a take-over comes before it, and is seen, or waits for it. */
    private void guard(long lastSequence) throws SQLException, TakenOverException {
        guard.setLong(1, settings.leaseUntil());
        guard.setLong(2, lastSequence);
        guard.setLong(3, lastSequence);
        guard.setString(4, settings.name());
        guard.setLong(5, fence);
        if (guard.executeUpdate() != 1) {
            connection.rollback();
            throw new TakenOverException(settings.name());
        }
    }

    private void commit() throws SQLException {
        connection.commit();
        dialect.force(connection);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
