package io.statesync.mutation.jdbc;

import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.StoredTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is durable, each time over a connection of its own: the writer is not disturbed. */
final class History {

    private static final Logger log = LoggerFactory.getLogger(JdbcTransactionStorage.class);

    private final Database database;
    private final String store;

    History(Database database, String store) {
        this.database = database;
        this.store = store;
    }

    /** By sequence; the stream holds a connection until it is closed, unless the query has a limit. */
    Stream<StoredTransaction> read(Query query) {
        Connection connection = null;
        try {
            connection = database.connect();
            // PostgreSQL streams inside a transaction only
            connection.setAutoCommit(false);
            StoredRows rows = StoredRows.meant(
                    connection,
                    store,
                    query,
                    query.limit() > 0,
                    (id, error) -> log.warn(
                            "The record of transaction {} in the store '{}' cannot be read: {}",
                            id,
                            store,
                            error.getMessage()));
            return query.limit() > 0 ? newest(query, rows, connection) : all(query, rows, connection);
        } catch (SQLException e) {
            end(connection);
            throw new IllegalStateException("the history of the transaction store '" + store + "' cannot be read", e);
        }
    }

    private static Stream<StoredTransaction> all(Query query, StoredRows rows, Connection connection) {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .filter(query::matches)
                .onClose(() -> end(connection));
    }

    private static Stream<StoredTransaction> newest(Query query, StoredRows rows, Connection connection) {
        List<StoredTransaction> found = new ArrayList<>();
        try {
            while (found.size() < query.limit() && rows.hasNext()) {
                StoredTransaction row = rows.next();
                if (query.matches(row)) {
                    found.add(row);
                }
            }
        } finally {
            end(connection);
        }
        Collections.reverse(found);
        return found.stream();
    }

    private static void end(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try (connection) {
            connection.rollback();
        } catch (SQLException e) {
            log.debug("A connection that was read from could not be closed.", e);
        }
    }
}
