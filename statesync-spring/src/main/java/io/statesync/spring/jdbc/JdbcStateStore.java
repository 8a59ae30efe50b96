package io.statesync.spring.jdbc;

import io.statesync.Revision;
import io.statesync.Topic;
import io.statesync.source.StatePublisher;
import io.statesync.spring.json.SnapshotCodec;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps topics in a table, for replicas that read them there: data and revision in one transaction, the announcement after
 * its commit (P6). Safe for use by any thread.
 */
public final class JdbcStateStore {

    private final Connections connections;
    private final TransactionOperations transactions;
    private final JdbcTables tables;
    private final SnapshotCodec codec;
    private final StatePublisher publisher;

    /**
     * @param transactions those of that {@code DataSource}, such as a {@code TransactionTemplate}; a transaction that runs
     *     is joined
     * @param publisher issues in the transaction, with a {@link JdbcRevisionCounter} of that {@code DataSource}
     */
    public JdbcStateStore(
            DataSource dataSource,
            TransactionOperations transactions,
            JdbcTables tables,
            SnapshotCodec codec,
            StatePublisher publisher) {
        this.connections = new Connections(dataSource);
        this.transactions = transactions;
        this.tables = tables;
        this.codec = codec;
        this.publisher = publisher;
    }

    /**
     * Replaces a topic's data, in the transaction of the caller or in one of its own.
     *
     * @param data what replicas read, written as JSON by the application's mapper
     * @return the revision: there when this returns, or after the commit of the caller's transaction
     * @throws IllegalStateException if the transaction is not one of this store's database
     * @throws org.springframework.dao.DataAccessException if the database does not do it
     * @throws tools.jackson.core.JacksonException if the data cannot be written as JSON
     */
    public CompletableFuture<Revision> put(String topic, @Nullable Object data) {
        byte[] payload = codec.encodeData(data);
        return Objects.requireNonNull(
                transactions.execute(status -> putInTransaction(Topic.requireValid(topic), payload)));
    }

    private CompletableFuture<Revision> putInTransaction(String topic, byte[] payload) {
        boolean written = connections
                .inTransaction("write the snapshot of topic \"" + topic + "\"", connection -> {
                    Dialect.of(connection).put(connection, tables.snapshot(), topic, payload);
                    return topic;
                })
                .isPresent();
        if (!written) {
            throw new IllegalStateException("topic \"" + topic + "\" was not written: the transaction manager does not"
                    + " manage the DataSource of table " + tables.snapshot());
        }
        return publisher.invalidate(topic);
    }
}
