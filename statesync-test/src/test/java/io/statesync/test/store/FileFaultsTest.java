package io.statesync.test.store;

import static io.statesync.test.Transactions.bytes;
import static io.statesync.test.Transactions.inserted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.mutation.jdbc.JdbcTransactionStorage;
import io.statesync.mutation.store.Recovery;
import io.statesync.mutation.store.StoreEvent.Created;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.mutation.store.TransactionStorageException;
import io.statesync.test.RecordingSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** A file that is full, locked, no database, or in no place. */
class FileFaultsTest {

    private static final String ROW = "a row that takes some room ".repeat(40);

    @TempDir
    private Path directory;

    @Test
    @DisplayName("MU-D2: a full file: what was acknowledged stays, the rest is not, and comes when there is room")
    void aFullFile() throws Exception {
        Limited limited = new Limited(directory.resolve("small.db"));
        try (TransactionStorage storage =
                JdbcTransactionStorage.builder(limited).patience(Duration.ZERO).build()) {
            storage.open(new RecordingSink());

            long acknowledged = fill(storage);

            assertThat(storage.health().durable()).isFalse();
            assertThat(storage.health().problem()).contains("SQLITE_FULL");
            limited.pages = 100_000;
            awaitWell(storage);
            append(storage, acknowledged + 2);
            assertThat(storage.health().problem()).isNull();
            storage.close();
            assertThat(recovered(limited)).isEqualTo(new Recovery(acknowledged + 2, acknowledged + 2, 0));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "statesync.store.small-disk", matches = ".+")
    @DisplayName("MU-D2: a full disk, given by -Dstatesync.store.small-disk=<a small file system>")
    void aFullDisk() throws Exception {
        Path disk = Path.of(System.getProperty("statesync.store.small-disk"));
        Path ballast = Files.write(disk.resolve("ballast"), new byte[512 * 1024]);
        Path file = disk.resolve("transactions.db");
        long acknowledged;
        try (TransactionStorage storage =
                JdbcTransactionStorage.builder(file).patience(Duration.ZERO).build()) {
            storage.open(new RecordingSink());
            acknowledged = fill(storage);
            assertThat(storage.health().durable()).isFalse();
            Files.delete(ballast);
            awaitWell(storage);
            append(storage, acknowledged + 2);
        }
        try (TransactionStorage storage = JdbcTransactionStorage.embedded(file)) {
            assertThat(storage.open(new RecordingSink()).restored()).isEqualTo(acknowledged + 2);
        }
    }

    @Test
    @DisplayName("MU-D2: a file that somebody else locks: the rest is not acknowledged, and comes when it is free")
    void aLockedFile() throws Exception {
        Limited limited = new Limited(directory.resolve("locked.db"));
        try (TransactionStorage storage =
                JdbcTransactionStorage.builder(limited).patience(Duration.ZERO).build()) {
            storage.open(new RecordingSink());
            append(storage, 1);

            try (Connection other = limited.getConnection();
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                assertThatThrownBy(() -> append(storage, 2)).hasCauseInstanceOf(TransactionStorageException.class);
                assertThat(storage.health().problem()).contains("SQLITE_BUSY");
                try (TransactionStorage second =
                        JdbcTransactionStorage.builder(limited).build()) {
                    assertThatThrownBy(() -> second.open(new RecordingSink()))
                            .isInstanceOf(TransactionStorageException.class)
                            .hasMessageContaining("SQLITE_BUSY");
                }
                statement.execute("COMMIT");
            }

            awaitWell(storage);
            append(storage, 3);
        }
        assertThat(recovered(limited)).isEqualTo(new Recovery(3, 3, 0));
    }

    @Test
    @DisplayName("MU-D2: a file that is no database, and a place that is none, are refused with their names")
    void aFileThatIsNoDatabase() throws Exception {
        Path file = Files.write(directory.resolve("notes.txt"), bytes("not a database ".repeat(1_000)));

        for (Path place : new Path[] {file, file.resolve("below.db")}) {
            try (TransactionStorage storage = JdbcTransactionStorage.embedded(place)) {
                assertThatThrownBy(() -> storage.open(new RecordingSink()))
                        .isInstanceOf(TransactionStorageException.class)
                        .hasMessageContaining(place.toString());
                assertThat(storage.health().durable()).isFalse();
                assertThat(storage.health().problem()).contains(place.toString());
                assertThatThrownBy(() -> append(storage, 1)).hasCauseInstanceOf(TransactionStorageException.class);
            }
        }
        assertThat(file).hasContent("not a database ".repeat(1_000));
    }

    /** Appends until it is refused. Returns how many were acknowledged. */
    private static long fill(TransactionStorage storage) {
        for (long sequence = 1; sequence < 20_000; sequence++) {
            try {
                append(storage, sequence);
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(TransactionStorageException.class);
                return sequence - 1;
            }
        }
        throw new AssertionError("it is never full");
    }

    private static void append(TransactionStorage storage, long sequence) {
        long position = storage.append(new Created(inserted(sequence, "todos", "key-" + sequence, bytes(ROW))));
        storage.durable(position)
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static void awaitWell(TransactionStorage storage) {
        Awaitility.await("the store is well again")
                .atMost(Duration.ofSeconds(60))
                .until(() -> storage.health().durable());
    }

    private static Recovery recovered(Limited limited) throws TransactionStorageException {
        try (TransactionStorage storage =
                JdbcTransactionStorage.builder(limited).build()) {
            return storage.open(new RecordingSink());
        }
    }

    /** A file that can hold so many pages. */
    private static final class Limited extends SQLiteDataSource {

        volatile int pages = 60;

        Limited(Path file) {
            super(new SQLiteConfig());
            setUrl("jdbc:sqlite:" + file);
            setJournalMode("WAL");
            setBusyTimeout(200);
        }

        @Override
        public SQLiteConnection getConnection(String user, String password) throws SQLException {
            SQLiteConnection connection = super.getConnection(user, password);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA max_page_count=" + pages);
            }
            return connection;
        }
    }
}
