package io.statesync.mutation.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A database that others use too: whose a store is, is said by its row. */
final class SharedDatabase implements Database {

    private final DataSource dataSource;
    private final String store;

    SharedDatabase(DataSource dataSource, String store) {
        this.dataSource = dataSource;
        this.store = store;
    }

    @Override
    public String name() {
        return "'" + store + "'";
    }

    @Override
    public void own() {
        // the row in statesync_transaction_store says it
    }

    @Override
    public Connection connect() throws SQLException {
        return dataSource.getConnection();
    }

    @Override
    public void release() {
        // the lease has ended with the writer
    }
}
