package io.statesync.spring.jdbc;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class H2IdempotentChangesTest extends IdempotentChangesContract {

    private @Nullable JdbcConnectionPool pool;

    @AfterEach
    void closePool() {
        pool.dispose();
    }

    @Override
    DataSource dataSource() {
        if (pool == null) {
            pool = JdbcConnectionPool.create("jdbc:h2:mem:keys;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000", "sa", "");
        }
        return pool;
    }

    @Override
    String platform() {
        return "h2";
    }
}
