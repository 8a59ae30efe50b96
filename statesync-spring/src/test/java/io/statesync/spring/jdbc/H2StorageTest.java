package io.statesync.spring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class H2StorageTest extends JdbcStorageContract {

    private static final String URL = "jdbc:h2:mem:storage;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000";
    private static final RecordBytes RECORD = RecordBytes.of(new byte[] {1, 2, 3});

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

    @Test
    void aRecordStaysThoughTheTransactionAroundItIsRolledBack() throws Exception {
        JdbcSnapshotStorage storage = new JdbcSnapshotStorage(pool(), JdbcTables.DEFAULT);

        new TransactionTemplate(new DataSourceTransactionManager(pool())).executeWithoutResult(status -> {
            try {
                storage.save("rates", new RecordVersion(new Revision(7), 1), RECORD);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            status.setRollbackOnly();
        });

        assertThat(storage.load("rates")).contains(RECORD);
    }

    @Test
    void anOperatorFindsWhatWasSetAsideAndWhatIsThere() throws Exception {
        JdbcSnapshotStorage storage = new JdbcSnapshotStorage(pool(), JdbcTables.DEFAULT);
        storage.save("rates", new RecordVersion(new Revision(7), 2), RECORD);
        assertThat(new JdbcTemplate(pool()).queryForMap("SELECT revision, schema_version FROM statesync_record"))
                .hasToString("{REVISION=7, SCHEMA_VERSION=2}");

        assertThat(storage.setAside("rates", RECORD)).isEqualTo("table statesync_record_aside, topic \"rates\"");

        assertThat(new JdbcTemplate(pool())
                        .queryForObject(
                                "SELECT payload FROM statesync_record_aside WHERE topic = 'rates' AND set_aside IS NOT NULL",
                                byte[].class))
                .containsExactly(1, 2, 3);
    }

    @Test
    void whatTheDatabaseRefusesIsToldWithTopicTableAndItsOwnWords() {
        JdbcSnapshotStorage nowhere = new JdbcSnapshotStorage(pool(), new JdbcTables("nowhere_"));

        assertThatThrownBy(() -> nowhere.load("rates"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("read the record of topic \"rates\" in table nowhere_record")
                .hasMessageContaining("not found");
        assertThatThrownBy(() -> nowhere.save("rates", new RecordVersion(new Revision(7), 2), RECORD))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("write the record of topic \"rates\"");
    }
}
