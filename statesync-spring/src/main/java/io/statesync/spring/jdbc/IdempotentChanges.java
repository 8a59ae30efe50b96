package io.statesync.spring.jdbc;

import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Applies a change once for each idempotency key, however often it is asked for: the key is stored in the transaction of the
 * change, so that both are there or neither. Safe for use by any thread, and by all instances that share the database.
 *
 * <p>The answer to a repetition is the state that there is: the current revision of the topic has the change in it. What was
 * asked for is not compared, since a client that sends a transaction again may have rebased it, and means the same one.
 */
public final class IdempotentChanges {

    private static final int LONGEST_KEY = 255;

    private final Connections connections;
    private final TransactionOperations transactions;
    private final JdbcTables tables;
    private final InstantSource clock;

    /**
     * For this database.
     *
     * @param transactions those of that {@code DataSource}, such as a {@code TransactionTemplate}; a transaction that runs is
     *     joined, and then it is its commit that counts
     */
    public IdempotentChanges(DataSource dataSource, TransactionOperations transactions, JdbcTables tables) {
        this(dataSource, transactions, tables, InstantSource.system());
    }

    /** {@link #IdempotentChanges(DataSource, TransactionOperations, JdbcTables)} with another wall clock. */
    public IdempotentChanges(
            DataSource dataSource, TransactionOperations transactions, JdbcTables tables, InstantSource clock) {
        this.connections = new Connections(dataSource);
        this.transactions = transactions;
        this.tables = tables;
        this.clock = clock;
    }

    /**
     * Applies the change unless its key is known. Waits for another request with this key; if that one fails, this one
     * applies it. What the change throws is thrown, and leaves no key.
     *
     * @return whether it was applied by this call
     * @throws IllegalArgumentException if the key is empty or has more than 255 characters
     * @throws IllegalStateException if the transaction is not one of this database
     * @throws org.springframework.dao.DataAccessException if the database does not do it
     */
    public boolean once(String key, Runnable change) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException(
                    "an idempotency key has 1 to " + LONGEST_KEY + " characters, got " + key.length());
        }
        return Objects.requireNonNull(transactions.execute(status -> {
            boolean first = claimed(key);
            if (first) {
                change.run();
            }
            return first;
        }));
    }

    private boolean claimed(String key) {
        return connections
                .inTransaction(
                        "store an idempotency key",
                        connection ->
                                Dialect.of(connection).claim(connection, tables.idempotency(), key, clock.millis()))
                .orElseThrow(() -> new IllegalStateException(
                        "the change was not made: the transaction manager does not manage the DataSource of table "
                                + tables.idempotency()));
    }

    /** Forgets the keys that were stored before: no client may still send them. Returns how many. */
    public int forget(Instant before) {
        String sql = "DELETE FROM " + tables.idempotency() + " WHERE stored_at < ?";
        return connections.alone("forget idempotency keys", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, before.toEpochMilli());
                return statement.executeUpdate();
            }
        });
    }
}
