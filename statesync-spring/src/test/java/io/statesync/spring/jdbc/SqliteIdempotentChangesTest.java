package io.statesync.spring.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteIdempotentChangesTest extends IdempotentChangesContract {

    @TempDir
    private Path folder;

    private @Nullable HikariDataSource pool;

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Override
    DataSource dataSource() {
        if (pool == null) {
            pool = SqliteCounterTest.pool(folder.resolve("keys.db"));
        }
        return pool;
    }

    @Override
    String platform() {
        return "sqlite";
    }
}
