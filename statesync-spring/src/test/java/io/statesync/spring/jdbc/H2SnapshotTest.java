package io.statesync.spring.jdbc;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

class H2SnapshotTest extends JdbcSnapshotContract {

    @Override
    DataSource dataSource() {
        return JdbcConnectionPool.create("jdbc:h2:mem:snapshot;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000", "sa", "");
    }

    @Override
    String platform() {
        return "h2";
    }
}
