package io.statesync.spring.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.statesync.SnapshotProvider;
import io.statesync.test.ProviderFault;
import java.sql.Connection;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** With the faults that need a server: no server, a role without rights, a table that is locked. */
class PostgresSnapshotIT extends JdbcSnapshotContract {

    private static PostgresServer server;

    private HikariDataSource pool;
    private Connection locking;

    @BeforeAll
    static void start() throws Exception {
        server = new PostgresServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @AfterEach
    void closePool() throws Exception {
        unlock();
        pool.close();
    }

    @Override
    DataSource dataSource() {
        pool = server.pool();
        return pool;
    }

    @Override
    String platform() {
        return "postgresql";
    }

    @Override
    protected Set<ProviderFault> faults() {
        Set<ProviderFault> faults = EnumSet.copyOf(super.faults());
        faults.addAll(EnumSet.of(
                ProviderFault.UNAUTHORIZED,
                ProviderFault.FORBIDDEN,
                ProviderFault.TIMEOUT,
                ProviderFault.CONNECTION_REFUSED));
        return faults;
    }

    @Override
    protected SnapshotProvider<?> facing(ProviderFault fault) throws Exception {
        unlock();
        return switch (fault) {
            case UNAUTHORIZED -> as("nobody", server.url());
            case FORBIDDEN -> {
                jdbc().execute("DROP ROLE IF EXISTS guest");
                jdbc().execute("CREATE ROLE guest LOGIN");
                yield as("guest", server.url());
            }
            case TIMEOUT -> {
                change("behind a lock");
                locking = PostgresServer.connect(server.port());
                locking.setAutoCommit(false);
                try (Statement statement = locking.createStatement()) {
                    statement.execute("LOCK TABLE statesync_snapshot IN ACCESS EXCLUSIVE MODE");
                }
                yield as("postgres", server.url());
            }
            case CONNECTION_REFUSED -> as("postgres", PostgresServer.url(1));
            default -> super.facing(fault);
        };
    }

    private SnapshotProvider<?> as(String role, String url) {
        return source(new DriverManagerDataSource(url, role, ""), 1000).provider(TOPIC, String.class);
    }

    private void unlock() throws Exception {
        if (locking != null) {
            locking.close();
            locking = null;
        }
    }
}
