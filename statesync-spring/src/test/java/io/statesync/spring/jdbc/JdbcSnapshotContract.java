package io.statesync.spring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.Revision;
import io.statesync.SnapshotProvider;
import io.statesync.spring.json.SnapshotCodec;
import io.statesync.test.ProviderFault;
import io.statesync.test.SnapshotProviderContract;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** SP-01 to SP-04 on tables that the store writes. */
abstract class JdbcSnapshotContract extends SnapshotProviderContract {

    static final String TOPIC = "greeting";

    private final SnapshotCodec codec = new SnapshotCodec(JsonMapper.shared());
    private DataSource pool;
    private JdbcStateStore store;

    /** A pool of the database under test. */
    abstract DataSource dataSource() throws Exception;

    /** What its script is called after. */
    abstract String platform();

    @BeforeEach
    void createTables() throws Exception {
        pool = dataSource();
        Schema.create(pool, platform());
        jdbc().update("DELETE FROM statesync_snapshot");
        store = TestSource.on(pool).store();
    }

    @Override
    @SuppressWarnings("unchecked") // its type is asked for
    protected SnapshotProvider<String> provider() {
        return (SnapshotProvider<String>) source(pool, Long.MAX_VALUE).provider(TOPIC, String.class);
    }

    @Override
    protected Revision change(String data) {
        return store.put(TOPIC, data).join();
    }

    @Override
    protected Set<ProviderFault> faults() {
        return EnumSet.of(
                ProviderFault.UNKNOWN_TOPIC,
                ProviderFault.SERVER_ERROR,
                ProviderFault.BODY_OVER_THE_LIMIT,
                ProviderFault.WRONG_JSON,
                ProviderFault.WRONG_TYPE);
    }

    @Override
    protected SnapshotProvider<?> facing(ProviderFault fault) throws Exception {
        change("x".repeat(2000));
        return switch (fault) {
            case UNKNOWN_TOPIC -> source(pool, 1000).provider("unknown", String.class);
            case SERVER_ERROR -> withoutTables();
            case BODY_OVER_THE_LIMIT -> source(pool, 1000).provider(TOPIC, String.class);
            case WRONG_JSON -> {
                jdbc().update("UPDATE statesync_snapshot SET payload = ?", (Object) new byte[] {'n', 'o'});
                yield provider();
            }
            case WRONG_TYPE -> source(pool, 10_000).provider(TOPIC, Integer.class);
            default -> throw new IllegalArgumentException("not here: " + fault);
        };
    }

    @Test
    void aRowThatIsLostIsToldAndProbed() {
        Revision applied = change("there");
        jdbc().update("DELETE FROM statesync_snapshot");
        jdbc().update("DELETE FROM statesync_revision");

        assertThatThrownBy(() -> ((ConditionalSnapshotProvider<String>) provider()).getSnapshotUnless(applied))
                .hasMessage("table statesync_snapshot has lost its row for topic \"" + TOPIC + "\", of which revision "
                        + applied + " is applied here: it was emptied, or restored from a backup without it");
        assertThat(source(pool, 1000).current(List.of(TOPIC))).containsEntry(TOPIC, Revision.ZERO);
        // a counter that forgot everything goes on by the clock, so it has to have moved on
        await().until(() -> System.currentTimeMillis() > (applied.bits() >>> 20) + 1);
        assertThat(change("there again").isNewerThan(applied)).isTrue();
    }

    final JdbcSnapshotSource source(DataSource dataSource, long maxSnapshotSize) {
        return source(dataSource, maxSnapshotSize, JdbcTables.DEFAULT);
    }

    private SnapshotProvider<?> withoutTables() {
        return source(pool, 1000, new JdbcTables("nowhere_")).provider(TOPIC, String.class);
    }

    private JdbcSnapshotSource source(DataSource dataSource, long maxSnapshotSize, JdbcTables tables) {
        return new JdbcSnapshotSource(dataSource, tables, codec, Duration.ofSeconds(1), maxSnapshotSize);
    }

    final JdbcTemplate jdbc() {
        return new JdbcTemplate(pool);
    }
}
