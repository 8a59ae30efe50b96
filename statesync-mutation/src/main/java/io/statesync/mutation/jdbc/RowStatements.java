package io.statesync.mutation.jdbc;

import io.statesync.mutation.store.StoredTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of transactions, each guarded by the state and the fence that are expected there. Used by the writer only. */
final class RowStatements {

    private static final int ID_COLUMN = 255;

    private final Connection connection;
    private final String store;
    private final long fence;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement overwrite;
    private final PreparedStatement content;

    RowStatements(Connection connection, String store, long fence) throws SQLException {
        this.connection = connection;
        this.store = store;
        this.fence = fence;
        insert = connection.prepareStatement("INSERT INTO statesync_transaction"
                + " (state, active, fence, updated_at, progress, store, seq, id, created)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        String set = "UPDATE statesync_transaction SET state = ?, active = ?, fence = ?, updated_at = ?, progress = ?"
                + " WHERE store = ? AND seq = ? AND fence <= ?";
        update = connection.prepareStatement(set + " AND state = ?");
        overwrite = connection.prepareStatement(set + " AND id = ?");
        content = connection.prepareStatement(
                "UPDATE statesync_transaction SET created = ? WHERE store = ? AND seq = ? AND fence = ?");
    }

    void write(List<Change> changes) throws SQLException {
        int inserts = 0;
        int updates = 0;
        int contents = 0;
        for (Change change : changes) {
            if (change.written() == null) {
                bindInsert(change.now());
                insert.addBatch();
                inserts++;
            } else {
                bindUpdate(update, change.now());
                update.setString(9, change.written().name());
                update.addBatch();
                updates++;
                if (change.rewritten()) {
                    bindContent(change.now());
                    content.addBatch();
                    contents++;
                }
            }
        }
        if (inserts > 0) {
            insert.executeBatch();
        }
        if (updates > 0) {
            check(update.executeBatch());
        }
        if (contents > 0) {
            check(content.executeBatch());
        }
    }

    /** Inserts it, or replaces it; fails where another transaction has its number. */
    void put(StoredTransaction transaction) throws SQLException {
        bindUpdate(overwrite, transaction);
        overwrite.setString(9, idColumn(transaction));
        if (overwrite.executeUpdate() == 0) {
            bindInsert(transaction);
            insert.executeUpdate();
        } else {
            bindContent(transaction);
            content.executeUpdate();
        }
    }

    /** Removes those of these that are terminal. */
    int delete(List<Long> sequences) throws SQLException {
        String listed = sequences.stream().map(String::valueOf).collect(Collectors.joining(", "));
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM statesync_transaction WHERE store = ? AND active = 0 AND seq IN (" + listed + ")")) {
            delete.setString(1, store);
            return delete.executeUpdate();
        }
    }

    private void bindInsert(StoredTransaction transaction) throws SQLException {
        bindChange(insert, transaction);
        insert.setString(8, idColumn(transaction));
        insert.setBytes(9, TransactionFormat.created(transaction));
    }

    private static String idColumn(StoredTransaction transaction) {
        String id = transaction.id();
        return id.length() > ID_COLUMN ? id.substring(0, ID_COLUMN) : id;
    }

    private void bindUpdate(PreparedStatement statement, StoredTransaction transaction) throws SQLException {
        bindChange(statement, transaction);
        statement.setLong(8, fence);
    }

    /** What it does, of one that took in another; after an update, which gave it this fence. */
    private void bindContent(StoredTransaction transaction) throws SQLException {
        content.setBytes(1, TransactionFormat.created(transaction));
        content.setString(2, store);
        content.setLong(3, transaction.sequence());
        content.setLong(4, fence);
    }

    private void bindChange(PreparedStatement statement, StoredTransaction transaction) throws SQLException {
        statement.setString(1, transaction.state().name());
        statement.setInt(2, transaction.state().active() ? 1 : 0);
        statement.setLong(3, fence);
        statement.setLong(4, micros(transaction.updatedAt()));
        statement.setBytes(5, TransactionFormat.progress(transaction));
        statement.setString(6, store);
        statement.setLong(7, transaction.sequence());
    }

    private static void check(int[] counts) throws SQLException {
        for (int count : counts) {
            if (count != 1 && count != Statement.SUCCESS_NO_INFO) {
                throw new SQLException("a transaction is not in the state in which it was written");
            }
        }
    }

    /** For queries; the exact time is in the record. */
    static long micros(Instant moment) {
        return Math.floorDiv(moment.getNano(), 1000) + moment.getEpochSecond() * 1_000_000;
    }
}
