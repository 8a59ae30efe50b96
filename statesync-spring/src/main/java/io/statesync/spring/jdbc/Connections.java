package io.statesync.spring.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The connections of a database: that of the transaction which runs on this thread, or one of its own. Safe for use by any
 * thread.
 */
final class Connections {

    private final DataSource dataSource;
    private final SQLExceptionSubclassTranslator translator = new SQLExceptionSubclassTranslator();

    Connections(DataSource dataSource) {
        DataSource target = dataSource;
        if (dataSource instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null) {
            target = proxy.getTargetDataSource();
        }
        this.dataSource = target;
    }

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Works in the transaction that runs on this thread; empty if that is none of this database. */
    <T> Optional<T> inTransaction(String task, Work<T> work) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.hasResource(dataSource)) {
            return Optional.empty();
        }
        // in another database's transaction each statement here commits on its own
        return reading(
                task, connection -> connection.getAutoCommit() ? Optional.empty() : Optional.of(work.on(connection)));
    }

    /** Works in a transaction of its own, on a connection of its own, whatever runs on this thread. */
    <T> T alone(String task, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw translated(task, e);
        }
    }

    /** Reads, with the transaction of this thread if there is one. */
    <T> T reading(String task, Work<T> work) {
        @Nullable Connection connection = null;
        try {
            connection = DataSourceUtils.doGetConnection(dataSource);
            return work.on(connection);
        } catch (SQLException e) {
            throw translated(task, e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private DataAccessException translated(String task, SQLException e) {
        DataAccessException translated = translator.translate(task, null, e);
        // missing tables and missing rights: the database's own words say which
        return translated == null || translated instanceof BadSqlGrammarException
                ? new InvalidDataAccessResourceUsageException(task + "; " + e.getMessage(), e)
                : translated;
    }
}
