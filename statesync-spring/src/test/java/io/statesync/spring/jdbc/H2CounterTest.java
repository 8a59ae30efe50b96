package io.statesync.spring.jdbc;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;

class H2CounterTest extends JdbcCounterContract {

    private static final String URL = "jdbc:h2:mem:counter;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000";

    private final List<JdbcConnectionPool> pools = new ArrayList<>();

    @AfterEach
    void closePools() {
        pools.forEach(JdbcConnectionPool::dispose);
    }

    @Override
    DataSource dataSource() {
        JdbcConnectionPool pool = JdbcConnectionPool.create(URL, "sa", "");
        pools.add(pool);
        return pool;
    }

    @Override
    String platform() {
        return "h2";
    }
}
