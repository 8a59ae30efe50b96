package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.spring.jdbc.JdbcStateStore;
import io.statesync.state.SyncedState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A source and a replica with a server for the announcements between them, and the data in a database in memory: what rolls
 * back is not announced, and while the server is away, at the start or later, changes go on, are said to be unannounced, and
 * are announced when it is back.
 */
@ExtendWith(OutputCaptureExtension.class)
abstract class AnnouncementsContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROLLED_BACK = 1_000;

    private final String database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private ConfigurableApplicationContext source;
    private Revision first;
    private ConfigurableApplicationContext replica;

    /** What {@code statesync.announce} and {@code events} say. */
    protected abstract String transport();

    /** Where the server is; as arguments. */
    protected abstract List<String> address();

    /** What the log says, once, when announcements are not taken. */
    protected abstract String refusal();

    /** Starts a server at an address of its own. */
    protected abstract void openServer() throws Exception;

    /** Ends it as {@code kill -9} does. */
    protected abstract void killServer() throws Exception;

    /** Starts it again where it was. */
    protected abstract void startServer() throws Exception;

    protected abstract void closeServer() throws Exception;

    @BeforeEach
    void open() throws Exception {
        openServer();
    }

    @AfterEach
    void close() throws Exception {
        replica.close();
        source.close();
        closeServer();
    }

    private void startApplications() {
        source = application(
                KafkaApplicationsIT.Store.class,
                "--statesync.counter=jdbc",
                "--statesync.announce=" + transport(),
                "--statesync.jdbc.initialize-schema=always");
        first = put(1);
        replica = application(
                KafkaApplicationsIT.Replica.class,
                "--statesync.sources.shop.events=" + transport(),
                "--statesync.sources.shop.snapshots=jdbc",
                "--statesync.sources.shop.heartbeat=1s",
                "--statesync.sources.shop.reconnect.max=200ms",
                "--statesync.sources.shop.probe-interval=1h",
                "--statesync.jdbc.initialize-schema=never",
                "--statesync.defaults.startup=background");
    }

    @Test
    void ofAThousandTransactionsThatRollBackNoneIsAnnounced() {
        startApplications();
        await("the probe is not needed").atMost(PATIENCE).until(this::isLive);
        TransactionTemplate transaction = new TransactionTemplate(source.getBean(PlatformTransactionManager.class));

        for (int i = 0; i < ROLLED_BACK; i++) {
            transaction.executeWithoutResult(status -> {
                source.getBean(JdbcStateStore.class).put("rates", Map.of("EUR", 0));
                status.setRollbackOnly();
            });
        }
        Revision second = put(2);

        await("the edit arrives").atMost(PATIENCE).until(() -> has(second));
        // the first may have been announced late, after the replica began to listen
        assertThat(replica.getBean(KafkaApplicationsIT.Heard.class).events)
                .endsWith(second)
                .isSubsetOf(first, second);
    }

    @Test
    void aServerThatIsAwayAtTheStartAndLaterIsToldWhenItIsBack(CapturedOutput output) throws Exception {
        killServer();
        startApplications();
        Revision unheard = put(2);
        await("the replica has what is there").atMost(PATIENCE).until(() -> copy().hasValue());
        await("the source says that nobody was told").atMost(PATIENCE).until(() -> said(refusal(), output) == 1);
        assertThat(sync().status().connected()).isFalse();

        startServer();
        isBack(unheard, 1, output);
        hearsOfAnEdit(3);

        killServer();
        await("the replica has noticed")
                .atMost(PATIENCE)
                .until(() -> !sync().status().connected());
        unheard = put(4);
        await("the source says so again").atMost(PATIENCE).until(() -> said(refusal(), output) == 2);
        assertThat(copy().get()).containsEntry("EUR", 3);
        assertThat(sync().status().state()).isEqualTo(SyncState.STALE);

        startServer();
        isBack(unheard, 2, output);
        hearsOfAnEdit(5);
    }

    private void isBack(Revision unheard, int times, CapturedOutput output) {
        await("the replica is live, and at the newest").atMost(PATIENCE).until(() -> isLive() && has(unheard));
        await("the source says that it is over")
                .atMost(PATIENCE)
                .until(() -> said("takes announcements again", output) == times);
        assertThat(said(refusal(), output)).isEqualTo(times);
    }

    private void hearsOfAnEdit(int euro) {
        Revision next = put(euro);
        await("the edit arrives").atMost(PATIENCE).until(() -> has(next));
        assertThat(copy().get()).containsEntry("EUR", euro);
    }

    /* Done when the database has it, whatever the server does. */
    private Revision put(int euro) {
        return source.getBean(JdbcStateStore.class)
                .put("rates", Map.of("EUR", euro))
                .join();
    }

    private static int said(String line, CapturedOutput output) {
        return output.getAll().split(line, -1).length - 1;
    }

    private boolean has(Revision revision) {
        return copy().snapshot().revision().equals(revision);
    }

    private boolean isLive() {
        return sync().status().state() == SyncState.LIVE;
    }

    private RevisionSync<?> sync() {
        return replica.getBean(RevisionSync.class);
    }

    @SuppressWarnings("unchecked")
    private SyncedState<Map<String, Integer>> copy() {
        return replica.getBean(SyncedState.class);
    }

    private ConfigurableApplicationContext application(Class<?> beans, String... arguments) {
        List<String> all = new ArrayList<>(address());
        all.addAll(List.of(arguments));
        all.add("--spring.datasource.url=" + database);
        // arguments, since an embedded broker of another test leaves system properties
        return new SpringApplicationBuilder(beans).web(WebApplicationType.NONE).run(all.toArray(String[]::new));
    }
}
