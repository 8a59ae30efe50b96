package io.statesync.spring.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class PostgresIdempotentChangesIT extends IdempotentChangesContract {

    private static PostgresServer server;

    private @Nullable HikariDataSource pool;

    @BeforeAll
    static void start() throws Exception {
        server = new PostgresServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Override
    DataSource dataSource() {
        if (pool == null) {
            pool = server.pool();
        }
        return pool;
    }

    @Override
    String platform() {
        return "postgresql";
    }
}
