package io.statesync.spring.jdbc;

import io.statesync.persistence.SnapshotStorage;
import io.statesync.test.PersistenceEventContract;
import io.statesync.test.PersistenceRecordContract;
import io.statesync.test.SnapshotPersistenceContract;
import io.statesync.test.SnapshotStorageContract;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the tables of records promise on each database. */
abstract class JdbcStorageContract {

    private DataSource pool;

    /** A pool of the database under test; each call gives another one. */
    abstract DataSource dataSource();

    /** What its script is called after. */
    abstract String platform();

    @BeforeEach
    void emptyTables() {
        pool = dataSource();
        Schema.create(pool, platform());
        Schema.create(pool, platform());
        new JdbcTemplate(pool).update("DELETE FROM statesync_record");
        new JdbcTemplate(pool).update("DELETE FROM statesync_record_aside");
    }

    final DataSource pool() {
        return pool;
    }

    private SnapshotStorage storage() {
        return new JdbcSnapshotStorage(pool, JdbcTables.DEFAULT);
    }

    @Nested
    class Storage extends SnapshotStorageContract {

        @Override
        protected SnapshotStorage open() {
            return new JdbcSnapshotStorage(dataSource(), JdbcTables.DEFAULT);
        }

        @Override
        protected int rounds() {
            return 25;
        }
    }

    @Nested
    class Persistence extends SnapshotPersistenceContract {

        @Override
        protected SnapshotStorage storage() {
            return JdbcStorageContract.this.storage();
        }
    }

    @Nested
    class Events extends PersistenceEventContract {

        @Override
        protected SnapshotStorage storage() {
            return JdbcStorageContract.this.storage();
        }
    }

    @Nested
    class Records extends PersistenceRecordContract {

        @Override
        protected SnapshotStorage storage() {
            return JdbcStorageContract.this.storage();
        }
    }
}
