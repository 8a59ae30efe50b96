package io.statesync.spring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.RevisionProbe;
import io.statesync.RevisionSync;
import io.statesync.SnapshotProvider;
import io.statesync.memory.InMemoryTransport;
import io.statesync.policy.RefreshPool;
import io.statesync.policy.Scheduler;
import io.statesync.spring.json.SnapshotCodec;
import io.statesync.state.SyncedState;
import io.statesync.test.RecordingHandler;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Data, revision and announcement are one transaction: committed together, rolled back together, also by a death. */
class PostgresTransactionsIT {

    private static final int TRANSACTIONS = 1_000;

    private static PostgresServer server;

    private HikariDataSource pool;
    private PostgresTransport transport;
    private final RecordingHandler handler = new RecordingHandler();
    private final List<InvalidationEvent> elsewhere = new CopyOnWriteArrayList<>();
    private TestSource source;

    @BeforeAll
    static void start() throws Exception {
        server = new PostgresServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void listen() {
        pool = server.pool();
        Schema.create(pool, "postgresql");
        source = TestSource.on(pool, new PostgresPublisher(pool, PostgresChannel.DEFAULT), elsewhere::add);
        transport = PostgresTransport.on(() -> PostgresServer.connect(server.port()))
                .build();
        transport.subscribe("prices", handler).active().toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        transport.close();
        pool.close();
    }

    @Test
    void aThousandRolledBackTransactionsAnnounceNothing() {
        for (int i = 0; i < TRANSACTIONS; i++) {
            source.transaction().executeWithoutResult(status -> {
                source.store().put("prices", "never");
                status.setRollbackOnly();
            });
            assertThatThrownBy(() -> source.transaction().executeWithoutResult(status -> {
                        source.publisher().invalidate("prices");
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
        }

        Revision real = source.store().put("prices", "at last").join();

        Awaitility.await().until(() -> !handler.received().isEmpty());
        assertThat(handler.revisions()).containsExactly(real.toString());
        assertThat(elsewhere).extracting(InvalidationEvent::revision).containsExactly(real);
    }

    @Test
    void aThousandCommitsAnnounceAThousandRevisionsInOrder() {
        for (int i = 0; i < TRANSACTIONS; i++) {
            source.store().put("prices", i);
        }

        Awaitility.await().until(() -> elsewhere.size() == TRANSACTIONS);
        String last = elsewhere.get(TRANSACTIONS - 1).revision().toString();
        Awaitility.await().until(() -> handler.revisions().contains(last));
        assertThat(elsewhere).extracting(InvalidationEvent::revision).isSorted().doesNotHaveDuplicates();
        assertThat(handler.revisions()).doesNotHaveDuplicates();
    }

    @Test
    void aWriterThatDiesAfterItsCommitHasAnnouncedByPostgres() throws Exception {
        Process writer = dyingWriter("announcing");

        assertThat(writer.waitFor()).isEqualTo(DyingWriter.DIED);
        Awaitility.await("the commit was the announcement")
                .until(() -> !handler.received().isEmpty());
        assertThat(handler.revisions()).containsExactly(current().toString());
    }

    @Test
    void aWriterThatDiesBeforeItsAnnouncementIsFoundByTheProbe() throws Exception {
        source.store().put("prices", "before");
        JdbcSnapshotSource snapshots = new JdbcSnapshotSource(
                pool, JdbcTables.DEFAULT, new SnapshotCodec(JsonMapper.shared()), Duration.ofSeconds(5), 1_000);
        SyncedState<String> copy = SyncedState.create();
        try (RevisionProbe probe = new RevisionProbe(
                        snapshots, Duration.ofMillis(100), Scheduler.system(), RefreshPool.shared(), outcome -> {});
                RevisionSync<String> replica = RevisionSync.forTopic("prices")
                        .subscriber(new InMemoryTransport())
                        .provider(provider(snapshots))
                        .applier(copy)
                        .probe(probe)
                        .build()) {
            replica.start();
            assertThat(copy.get()).isEqualTo("before");

            assertThat(dyingWriter("silent").waitFor()).isEqualTo(DyingWriter.DIED);

            Awaitility.await("the probe finds it").until(() -> copy.get().equals(DyingWriter.DATA));
            assertThat(replica.localRevision()).isEqualTo(current());
        }
    }

    @Test
    void afterARestoreFromAnOlderBackupTheNextChangeIsNewer() throws Exception {
        Revision old = source.store().put("prices", "in the backup").join();
        JdbcSnapshotSource snapshots = new JdbcSnapshotSource(
                pool, JdbcTables.DEFAULT, new SnapshotCodec(JsonMapper.shared()), Duration.ofSeconds(5), 1_000);
        SyncedState<String> copy = SyncedState.create();
        try (RevisionSync<String> replica = RevisionSync.forTopic("prices")
                .subscriber(transport)
                .provider(provider(snapshots))
                .applier(copy)
                .build()) {
            Revision lost =
                    source.store().put("prices", "lost with the restore").join();
            replica.start();
            assertThat(replica.localRevision()).isEqualTo(lost);

            new JdbcTemplate(pool).update("UPDATE statesync_revision SET revision = ?", new BigDecimal(old.toString()));
            new JdbcTemplate(pool).update("UPDATE statesync_snapshot SET payload = ?", (Object)
                    "\"in the backup\"".getBytes(StandardCharsets.UTF_8));
            replica.refresh().handle((revision, error) -> error).join();
            assertThat(replica.status().regressions()).isEqualTo(1);
            assertThat(copy.get()).isEqualTo("lost with the restore");

            source.store().put("prices", "after the restore");

            Awaitility.await("the restored truth is there")
                    .until(() -> copy.get().equals("after the restore"));
        }
    }

    @Test
    void aStoreRefusesATransactionOfAnotherDatabase() {
        try (HikariDataSource other = server.pool()) {
            JdbcStateStore astray = new JdbcStateStore(
                    pool,
                    new TransactionTemplate(new DataSourceTransactionManager(other)),
                    JdbcTables.DEFAULT,
                    new SnapshotCodec(JsonMapper.shared()),
                    source.publisher());

            assertThatThrownBy(() -> astray.put("astray", "x"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("\"astray\"")
                    .hasMessageContaining("does not manage the DataSource");
        }
    }

    @Test
    void withACounterElsewhereTheAnnouncementFollowsTheCommit() {
        PostgresPublisher publisher = new PostgresPublisher(pool, PostgresChannel.DEFAULT);
        TestSource.inMemory(publisher, source.transaction()).accept("prices");

        Awaitility.await().until(() -> handler.received().size() == 1);
    }

    private Revision current() {
        return JdbcRevisionCounter.hybrid(pool, JdbcTables.DEFAULT)
                .current(List.of("prices"))
                .get("prices");
    }

    @SuppressWarnings("unchecked") // its type is asked for
    private static SnapshotProvider<String> provider(JdbcSnapshotSource snapshots) {
        return (SnapshotProvider<String>) snapshots.provider("prices", String.class);
    }

    private static Process dyingWriter(String how) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingWriter.class.getName(),
                        server.url(),
                        how)
                .inheritIO()
                .start();
    }
}
