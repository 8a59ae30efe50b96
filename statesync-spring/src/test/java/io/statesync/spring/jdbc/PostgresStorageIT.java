package io.statesync.spring.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class PostgresStorageIT extends JdbcStorageContract {

    private static PostgresServer server;

    private final List<HikariDataSource> pools = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        server = new PostgresServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @AfterEach
    void closePools() {
        pools.forEach(HikariDataSource::close);
    }

    @Override
    DataSource dataSource() {
        HikariDataSource pool = server.pool();
        pools.add(pool);
        return pool;
    }

    @Override
    String platform() {
        return "postgresql";
    }
}
