package io.statesync.test.store;

import io.statesync.mutation.jdbc.JdbcTransactionStorage;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.test.TransactionHistoryContract;
import io.statesync.test.TransactionStorageContract;
import java.io.IOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** PostgreSQL, a real server. */
class PostgresStorageIT {

    private static PostgresServer server;

    private final String store = "store-" + UUID.randomUUID();

    @BeforeAll
    static void startServer() throws IOException {
        server = new PostgresServer();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    private TransactionStorage shared() {
        return JdbcTransactionStorage.builder(server.dataSource()).name(store).build();
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
            return server.dataSource();
        }
    }

    @Nested
    class ItsCommits extends CommitContract {
        @Override
        DataSource dataSource() {
            return server.dataSource();
        }
    }

    @Nested
    class ItsOwners extends OwnersContract {
        @Override
        DataSource dataSource() {
            return server.dataSource();
        }
    }
}
