package io.statesync.mutation.jdbc;

import io.statesync.mutation.store.Recovery;
import io.statesync.mutation.store.RecoverySink;
import io.statesync.mutation.store.StorageInUseException;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionStorageException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a store once: tables, owner, recovery. Used by one thread. */
final class StoreOpening {

    private static final Logger log = LoggerFactory.getLogger(JdbcTransactionStorage.class);

    private final Database database;
    private final StoreSettings settings;
    private final RecoverySink sink;
    private final Ledger ledger = new Ledger();

    private @Nullable Session session;
    private @Nullable Dialect dialect;
    private @Nullable String doubt;
    private long fence;
    private long restored;
    private long damaged;

    StoreOpening(Database database, StoreSettings settings, RecoverySink sink) {
        this.database = database;
        this.settings = settings;
        this.sink = sink;
    }

    void open() throws TransactionStorageException {
        Connection connection = null;
        try {
            database.own();
            connection = database.connect();
            open(connection);
        } catch (SQLException | IOException | RuntimeException e) {
            throw refused(connection, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(connection, e);
        }
    }

    private void open(Connection connection) throws SQLException, InterruptedException {
        Dialect found = Dialect.of(connection);
        dialect = found;
        found.bound(connection, settings.answerTimeout());
        found.prepare(connection);
        doubt = found.doubt(connection);
        if (doubt != null) {
            log.warn("The transaction store '{}' is not durable: {}.", settings.name(), doubt);
        }
        if (settings.createTables()) {
            createTables(connection, found);
        }
        Ownership.Owned owned = new Ownership(connection, settings).take();
        fence = owned.fence();
        ledger.sawSequence(owned.lastSequence());
        try (StoredRows rows = StoredRows.active(connection, settings.name(), this::damaged)) {
            while (rows.hasNext()) {
                StoredTransaction transaction = rows.next();
                ledger.restore(transaction);
                restored++;
                sink.restored(transaction);
            }
        }
        connection.commit();
        session = new Session(connection, found, settings, fence);
    }

    /** Two nodes that create them at the same time: one of them may be told that they exist. */
    private static void createTables(Connection connection, Dialect dialect) throws SQLException {
        try {
            SchemaScript.run(connection, dialect);
        } catch (SQLException e) {
            SchemaScript.run(connection, dialect);
        }
    }

    private void damaged(@Nullable String id, DamagedRecordException error) {
        damaged++;
        log.error(
                "The record of transaction {} in the store '{}' cannot be read, and stays where it is: {}",
                id,
                settings.name(),
                error.getMessage());
        sink.damaged(id, error);
    }

    private TransactionStorageException refused(@Nullable Connection connection, Exception e) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException closing) {
                e.addSuppressed(closing);
            }
        }
        database.release();
        String message = "the transaction store " + database.name() + " cannot be opened: " + e.getMessage();
        return e instanceof FileInUseException || e instanceof StoreInUseException
                ? new StorageInUseException(message, e)
                : new TransactionStorageException(message, e);
    }

    @Nullable
    String doubt() {
        return doubt;
    }

    Recovery recovery() {
        return new Recovery(ledger.lastSequence(), restored, damaged);
    }

    /** What writes from now on. */
    Writer writer(Intake intake, StoreCondition condition) {
        Dialect known = Objects.requireNonNull(dialect);
        return new Writer(intake, ledger, settings, condition, () -> reconnect(known), Objects.requireNonNull(session));
    }

    private Session reconnect(Dialect known) throws SQLException {
        Connection connection = database.connect();
        try {
            known.bound(connection, settings.answerTimeout());
            known.prepare(connection);
            return new Session(connection, known, settings, fence);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
