package io.statesync.test.store;

import io.statesync.mutation.jdbc.JdbcTransactionStorage;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.test.TransactionHistoryContract;
import io.statesync.test.TransactionStorageContract;
import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** A SQLite file that others use too. */
class SqliteStorageTest {

    @TempDir
    private Path directory;

    private final String store = "store-" + UUID.randomUUID();

    private DataSource database() {
        SQLiteDataSource file = new SQLiteDataSource();
        file.setUrl("jdbc:sqlite:" + directory.resolve("shared.db"));
        file.setJournalMode("WAL");
        file.setBusyTimeout(30_000);
        return file;
    }

    private TransactionStorage shared() {
        return JdbcTransactionStorage.builder(database()).name(store).build();
    }

    @Nested
    class ItsRecovery extends TransactionStorageContract {
        @Override
        protected TransactionStorage create() {
            return shared();
        }
    }

    @Nested
    class ItsHistory extends TransactionHistoryContract {
        @Override
        protected TransactionStorage create() {
            return shared();
        }
    }

    @Nested
    class ItsDamage extends DamagedRecordContract {
        @Override
        DataSource dataSource() {
            return database();
        }
    }

    @Nested
    class ItsCommits extends CommitContract {
        @Override
        DataSource dataSource() {
            return database();
        }
    }

    @Nested
    class ItsOwners extends OwnersContract {
        @Override
        DataSource dataSource() {
            return database();
        }
    }
}
