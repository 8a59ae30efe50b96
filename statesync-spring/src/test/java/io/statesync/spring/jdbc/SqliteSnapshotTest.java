package io.statesync.spring.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteSnapshotTest extends JdbcSnapshotContract {

    @TempDir
    private Path folder;

    private HikariDataSource pool;

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Override
    DataSource dataSource() {
        pool = SqliteCounterTest.pool(folder.resolve("snapshot.db"));
        return pool;
    }

    @Override
    String platform() {
        return "sqlite";
    }
}
