package io.statesync.spring.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.statesync.Revision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Its integers are signed: the largest revision is 2^63 - 1. */
class SqliteCounterTest extends JdbcCounterContract {

    @TempDir
    private Path folder;

    private final List<HikariDataSource> pools = new ArrayList<>();

    @AfterEach
    void closePools() {
        pools.forEach(HikariDataSource::close);
    }

    @Override
    DataSource dataSource() {
        HikariDataSource pool = pool(folder.resolve("counter.db"));
        pools.add(pool);
        return pool;
    }

    /** Readers beside one writer, and a writer that waits for its turn. */
    static HikariDataSource pool(Path file) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=OFF&busy_timeout=20000");
        config.setMaximumPoolSize(4);
        return new HikariDataSource(config);
    }

    @Override
    String platform() {
        return "sqlite";
    }

    @Override
    protected Revision largest() {
        return new Revision(Long.MAX_VALUE);
    }
}
