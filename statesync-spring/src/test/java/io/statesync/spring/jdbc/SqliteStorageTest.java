package io.statesync.spring.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteStorageTest extends JdbcStorageContract {

    @TempDir
    private Path folder;

    private final List<HikariDataSource> pools = new ArrayList<>();

    @AfterEach
    void closePools() {
        pools.forEach(HikariDataSource::close);
    }

    @Override
    DataSource dataSource() {
        HikariDataSource pool = SqliteCounterTest.pool(folder.resolve("storage.db"));
        pools.add(pool);
        return pool;
    }

    @Override
    String platform() {
        return "sqlite";
    }
}
