package io.statesync.test.store;

import io.statesync.mutation.jdbc.JdbcTransactionStorage;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.test.TransactionHistoryContract;
import io.statesync.test.TransactionStorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite file of the process: the default. */
class EmbeddedStorageTest {

    @TempDir
    private Path directory;

    private TransactionStorage embedded() {
        return JdbcTransactionStorage.embedded(directory.resolve("transactions.db"));
    }

    @Nested
    class ItsRecovery extends TransactionStorageContract {
        @Override
        protected TransactionStorage create() {
            return embedded();
        }
    }

    @Nested
    class ItsHistory extends TransactionHistoryContract {
        @Override
        protected TransactionStorage create() {
            return embedded();
        }
    }
}
