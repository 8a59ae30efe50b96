package io.statesync.test.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.mutation.jdbc.JdbcTransactionStorage;
import io.statesync.mutation.jdbc.JdbcTransactionStorageBuilder;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.test.TransactionStorageTestBed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** A store of its own, in a database that others use too. */
abstract class DatabaseTestBed extends TransactionStorageTestBed {

    private final String store = "store-" + UUID.randomUUID();

    /** The database. */
    abstract DataSource dataSource();

    final String store() {
        return store;
    }

    /** A storage over the store of this test. */
    final JdbcTransactionStorageBuilder over(DataSource dataSource) {
        return JdbcTransactionStorage.builder(dataSource).name(store);
    }

    @Override
    protected TransactionStorage create() {
        return over(dataSource()).build();
    }

    /** Closes what is open, so that nobody holds the store. */
    final void closeIt() {
        storage().close();
    }

    /** Runs a statement about one row of the store, whose name is its only parameter. */
    final void execute(String sql) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, store);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }
}
