package io.statesync.mutation.jdbc;

import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of a store as they are read, one at a time; those that are damaged are told and passed over. Not thread-safe. */
final class StoredRows implements Iterator<StoredTransaction>, AutoCloseable {

    private static final int FETCHED_AT_ONCE = 200;

    private final PreparedStatement select;
    private final ResultSet rows;
    private final DamageListener damage;
    private @Nullable StoredTransaction next;

    private StoredRows(PreparedStatement select, DamageListener damage) throws SQLException {
        this.select = select;
        this.damage = damage;
        select.setFetchSize(FETCHED_AT_ONCE);
        this.rows = select.executeQuery();
    }

    /** The active ones, by sequence. */
    static StoredRows active(Connection connection, String store, DamageListener damage) throws SQLException {
        return of(connection, store, " AND active = 1 ORDER BY seq", damage);
    }

    /** At least those that the query means, without regard to its limit: those of a collection or key are to be sifted. */
    static StoredRows meant(
            Connection connection, String store, Query query, boolean newestFirst, DamageListener damage)
            throws SQLException {
        String states = query.states().stream()
                .map(TransactionState::name)
                .collect(Collectors.joining("', '", " AND state IN ('", "')"));
        Instant before = query.updatedBefore();
        String where = (query.states().isEmpty() ? "" : states)
                + (before == null ? "" : " AND updated_at <= " + RowStatements.micros(before));
        return of(connection, store, where + " ORDER BY seq" + (newestFirst ? " DESC" : ""), damage);
    }

    private static StoredRows of(Connection connection, String store, String rest, DamageListener damage)
            throws SQLException {
        PreparedStatement select = connection.prepareStatement(
                "SELECT seq, id, state, created, progress FROM statesync_transaction WHERE store = ?" + rest);
        try {
            select.setString(1, store);
            return new StoredRows(select, damage);
        } catch (SQLException e) {
            select.close();
            throw e;
        }
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && rows.next()) {
                next = read();
            }
            return next != null;
        } catch (SQLException e) {
            throw new IllegalStateException("transactions cannot be read any further", e);
        }
    }

    private @Nullable StoredTransaction read() throws SQLException {
        String id = rows.getString(2);
        try {
            StoredTransaction read = TransactionFormat.read(rows.getString(3), rows.getBytes(4), rows.getBytes(5));
            if (read.sequence() != rows.getLong(1)) {
                throw new DamagedRecordException("it is the record of another row, " + read.sequence());
            }
            return read;
        } catch (DamagedRecordException e) {
            damage.damaged(id, e);
            return null;
        }
    }

    @Override
    public StoredTransaction next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        StoredTransaction found = Objects.requireNonNull(next);
        next = null;
        return found;
    }

    @Override
    public void close() throws SQLException {
        select.close();
    }

    /** Hears of rows that cannot be read. */
    @FunctionalInterface
    interface DamageListener {
        void damaged(@Nullable String id, DamagedRecordException error);
    }
}
