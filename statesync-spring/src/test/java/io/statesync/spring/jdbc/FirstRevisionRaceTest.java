package io.statesync.spring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Two writers that issue a topic's first revision at once: one finds no row to raise, and a row right after. */
class FirstRevisionRaceTest {

    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:first-revision;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000", "sa", "");

    @AfterEach
    void close() {
        pool.dispose();
    }

    @Test
    void theOneThatCameSecondIssuesTheSuccessor() {
        Schema.create(pool, "h2");
        JdbcRevisionCounter first = JdbcRevisionCounter.sequential(pool, JdbcTables.DEFAULT);
        AtomicBoolean overtaken = new AtomicBoolean();
        JdbcRevisionCounter second = JdbcRevisionCounter.sequential(
                beforeSelect(() -> {
                    if (overtaken.compareAndSet(false, true)) {
                        assertThat(first.next("prices")).isEqualTo(new Revision(1));
                    }
                }),
                JdbcTables.DEFAULT);

        assertThat(second.next("prices")).isEqualTo(new Revision(2));

        assertThat(overtaken).isTrue();
        assertThat(first.current(List.of("prices"))).containsEntry("prices", new Revision(2));
    }

    private DataSource beforeSelect(Runnable action) {
        return new DelegatingDataSource(pool) {
            @Override
            public Connection getConnection() throws SQLException {
                return intercepted(super.getConnection(), action);
            }
        };
    }

    private static Connection intercepted(Connection connection, Runnable action) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") && ((String) arguments[0]).startsWith("SELECT")) {
                        action.run();
                    }
                    return method.invoke(connection, arguments);
                });
    }
}
