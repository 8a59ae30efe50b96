package io.statesync.test.store;

import static io.statesync.test.Transactions.inserted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.mutation.jdbc.JdbcTransactionStorage;
import io.statesync.mutation.store.Recovery;
import io.statesync.mutation.store.StoreEvent.Created;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.mutation.store.TransactionStorageException;
import io.statesync.test.RecordingSink;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A PostgreSQL whose disk is full, as it says so, and one whose table somebody locks. */
@Timeout(180)
class PostgresFaultsIT {

    private static PostgresServer server;

    @BeforeAll
    static void startServer() throws IOException {
        server = new PostgresServer();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    private static TransactionStorage storage(String name) {
        return JdbcTransactionStorage.builder(server.dataSource())
                .name(name)
                .patience(Duration.ZERO)
                .answerTimeout(Duration.ofSeconds(2))
                .build();
    }

    @Test
    @DisplayName("MU-D2: a full disk: what was acknowledged stays, the rest is not, and comes when there is room")
    void aFullDisk() throws Exception {
        try (TransactionStorage storage = storage("full")) {
            storage.open(new RecordingSink());
            append(storage, 1);
            // the error of a server that cannot extend a file (SQLSTATE 53100)
            execute(
                    "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                            + " RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$");
            execute("CREATE TRIGGER full_disk BEFORE INSERT ON statesync_transaction"
                    + " FOR EACH ROW WHEN (NEW.store = 'full') EXECUTE FUNCTION full_disk()");

            assertThatThrownBy(() -> append(storage, 2)).hasCauseInstanceOf(TransactionStorageException.class);
            assertThat(storage.health().durable()).isFalse();
            assertThat(storage.health().problem()).contains("No space left on device");
            execute("DROP TRIGGER full_disk ON statesync_transaction");
            awaitWell(storage);
            append(storage, 3);
        }
        assertThat(recovered("full")).isEqualTo(new Recovery(3, 3, 0));
    }

    @Test
    @DisplayName("MU-D2: a table that somebody else locks: the rest is not acknowledged, and comes when it is free")
    void aLockedTable() throws Exception {
        try (TransactionStorage storage = storage("locked")) {
            storage.open(new RecordingSink());
            append(storage, 1);

            try (Connection other = server.dataSource().getConnection();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("LOCK TABLE statesync_transaction IN ACCESS EXCLUSIVE MODE");
                assertThatThrownBy(() -> append(storage, 2)).hasCauseInstanceOf(TransactionStorageException.class);
                assertThat(storage.health().durable()).isFalse();
                other.commit();
            }

            awaitWell(storage);
            append(storage, 3);
        }
        assertThat(recovered("locked")).isEqualTo(new Recovery(3, 3, 0));
    }

    private static void append(TransactionStorage storage, long sequence) {
        storage.durable(storage.append(new Created(inserted(sequence))))
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static void awaitWell(TransactionStorage storage) {
        Awaitility.await("the store is well again")
                .atMost(Duration.ofSeconds(60))
                .until(() -> storage.health().durable());
    }

    private static Recovery recovered(String name) throws TransactionStorageException {
        try (TransactionStorage storage = storage(name)) {
            return storage.open(new RecordingSink());
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
