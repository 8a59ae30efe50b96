package io.statesync.test.store;

import static io.statesync.test.Transactions.inserted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.mutation.jdbc.JdbcTransactionStorage;
import io.statesync.mutation.store.MutationType;
import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.StoreEvent.Completed;
import io.statesync.mutation.store.StoreEvent.Created;
import io.statesync.mutation.store.StoredMutation;
import io.statesync.mutation.store.StoredRow;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.mutation.store.TransactionStorageException;
import io.statesync.test.RecordingSink;
import io.statesync.test.Transactions;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be said of a storage, and what is said back. */
class StorageSettingsTest {

    @TempDir
    private Path directory;

    private final JdbcDataSource database = new JdbcDataSource();

    @BeforeEach
    void nameTheFile() {
        database.setUrl("jdbc:h2:file:" + directory.resolve("shared"));
        database.setUser("sa");
    }

    @Test
    @DisplayName("MU-D2: tables that are missing and may not be created are named; the script in the jar makes them")
    void tablesThatAreMissing() throws Exception {
        try (TransactionStorage storage =
                JdbcTransactionStorage.builder(database).createTables(false).build()) {
            assertThatThrownBy(() -> storage.open(new RecordingSink()))
                    .isInstanceOf(TransactionStorageException.class)
                    .hasMessageContainingAll("'default'", "STATESYNC_TRANSACTION_STORE");
        }

        runScript();

        try (TransactionStorage storage =
                JdbcTransactionStorage.builder(database).createTables(false).build()) {
            storage.open(new RecordingSink());
            long position = storage.append(new Created(inserted(1)));
            storage.durable(position).toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    private void runScript() throws Exception {
        try (InputStream script = JdbcTransactionStorage.class.getResourceAsStream("schema-h2.sql");
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    @DisplayName("MU-D2: a database in memory works, and says that it is not durable")
    void aDatabaseInMemorySaysThatItIsNotDurable() throws Exception {
        database.setUrl("jdbc:h2:mem:shared");
        try (TransactionStorage storage = JdbcTransactionStorage.on(database)) {
            storage.open(new RecordingSink());

            assertThat(storage.health().durable()).isFalse();
            assertThat(storage.health().problem()).contains("in memory");
        }
    }

    @Test
    void storesOfOneDatabaseKnowNothingOfEachOther() throws Exception {
        try (TransactionStorage one =
                        JdbcTransactionStorage.builder(database).name("one").build();
                TransactionStorage two =
                        JdbcTransactionStorage.builder(database).name("two").build()) {
            one.open(new RecordingSink());
            two.open(new RecordingSink());
            for (TransactionStorage storage : List.of(one, two)) {
                long position = storage.append(new Created(inserted(1)));
                storage.durable(position).toCompletableFuture().get(60, TimeUnit.SECONDS);
            }

            assertThat(one.history(Query.ALL).toList()).hasSize(1);
            assertThat(two.history(Query.ALL).toList()).hasSize(1);
        }
    }

    @Test
    void aStorageIsOpenedOnceAndClosedAsOftenAsOneLikes() throws Exception {
        JdbcTransactionStorage storage = JdbcTransactionStorage.embedded(directory.resolve("a/b/transactions.db"));
        assertThat(storage.keepsBytes()).isTrue();
        assertThat(storage.health().problem()).contains("is not open");
        long early = storage.append(new Created(inserted(9)));
        assertThat(storage.durable(early).toCompletableFuture()).isCompletedExceptionally();
        storage.open(new RecordingSink());
        assertThatThrownBy(() -> storage.open(new RecordingSink())).isInstanceOf(IllegalStateException.class);

        storage.append(new Created(inserted(1)));
        long last = storage.append(new Completed(Transactions.id(1), true, Transactions.at(1, 1)));
        storage.close();
        storage.close();

        assertThat(storage.durable(last).toCompletableFuture()).isCompletedWithValue(null);
        long late = storage.append(new Created(inserted(2)));
        assertThat(storage.durable(late).toCompletableFuture()).isCompletedExceptionally();
        assertThat(storage.health().problem()).contains("is closed");
        assertThatThrownBy(() -> storage.prune(Query.ALL)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRowThatIsNotEncodedIsRefusedWithItsCollection() {
        StoredMutation live = new StoredMutation(
                "todos", "1", MutationType.INSERT, "", 0, null, StoredRow.live("row"), List.of(), Map.of());
        JdbcTransactionStorage storage = JdbcTransactionStorage.embedded(directory.resolve("transactions.db"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> storage.append(new Created(Transactions.pending(1, List.of(live)))))
                .withMessageContaining("todos")
                .withMessageContaining("codec");
    }

    @Test
    void senselessSettingsAreRefused() {
        var shared = JdbcTransactionStorage.builder(database);
        assertThatIllegalArgumentException().isThrownBy(() -> shared.name(" ")).withMessageContaining("name");
        assertThatIllegalArgumentException().isThrownBy(() -> shared.owner("o".repeat(256)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shared.lease(Duration.ZERO))
                .withMessageContaining("lease");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shared.patience(Duration.ofSeconds(-1)))
                .withMessageContaining("patience");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcTransactionStorage.builder(directory.resolve("x.db"))
                        .lease(Duration.ofSeconds(1)))
                .withMessageContaining("lock");
    }
}
