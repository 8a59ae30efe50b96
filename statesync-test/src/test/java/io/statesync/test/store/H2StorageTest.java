package io.statesync.test.store;

import io.statesync.mutation.jdbc.JdbcTransactionStorage;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.test.TransactionHistoryContract;
import io.statesync.test.TransactionStorageContract;
import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** A file of H2, for those who ask for it. */
class H2StorageTest {

    @TempDir
    private Path directory;

    private final String store = "store-" + UUID.randomUUID();

    private DataSource database() {
        JdbcDataSource file = new JdbcDataSource();
        file.setUrl("jdbc:h2:file:" + directory.resolve("shared") + ";LOCK_TIMEOUT=30000");
        file.setUser("sa");
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
