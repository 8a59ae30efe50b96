package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.spring.jdbc.JdbcStateStore;
import io.statesync.spring.jdbc.PostgresServer;
import io.statesync.state.SyncedState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A PostgreSQL for everything that is away, at the start and later: reads go on, changes fail, and then all goes on. */
class PostgresAwayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private PostgresServer postgres;
    private ConfigurableApplicationContext source;
    private ConfigurableApplicationContext replica;

    @BeforeEach
    void start() throws Exception {
        postgres = new PostgresServer();
        source = application(
                KafkaApplicationsIT.Store.class,
                "statesync.counter=jdbc",
                "statesync.announce=postgres",
                "statesync.jdbc.initialize-schema=always");
        put(1);
    }

    @AfterEach
    void close() throws Exception {
        replica.close();
        source.close();
        postgres.close();
    }

    @Test
    void aDatabaseThatIsNotThereYetIsWaitedForInTheBackground() throws Exception {
        postgres.kill();

        startReplica();
        await("it says what is missing")
                .atMost(PATIENCE)
                .until(() -> sync().status().lastError() != null);
        assertThat(copy().hasValue()).isFalse();

        postgres.start();

        await("the replica is live").atMost(PATIENCE).until(this::isLive);
        assertThat(copy().get()).containsEntry("EUR", 1);
        hearsOfAnEdit(2);
    }

    @Test
    void aDatabaseThatGoesAwayLaterIsWaitedForAndReadsGoOn() throws Exception {
        startReplica();
        await("the probe is not needed").atMost(PATIENCE).until(this::isLive);

        postgres.kill();

        await("the loss is told").atMost(PATIENCE).until(() -> !sync().status().connected());
        assertThat(copy().get()).containsEntry("EUR", 1);
        assertThatThrownBy(() -> source.getBean(JdbcStateStore.class).put("rates", Map.of("EUR", 9)));

        postgres.start();

        await("the replica is live").atMost(PATIENCE).until(this::isLive);
        assertThat(copy().get()).containsEntry("EUR", 1);
        hearsOfAnEdit(2);
    }

    private void hearsOfAnEdit(int euro) {
        Revision next = put(euro);
        await("the edit arrives")
                .atMost(PATIENCE)
                .until(() -> copy().snapshot().revision().equals(next));
        assertThat(copy().get()).containsEntry("EUR", euro);
    }

    /* A pool notices late that its connections are gone: the change fails, and is made again. */
    private Revision put(int euro) {
        Callable<Revision> put = () -> source.getBean(JdbcStateStore.class)
                .put("rates", Map.of("EUR", euro))
                .join();
        return await("the change is made").atMost(PATIENCE).ignoreExceptions().until(put, Objects::nonNull);
    }

    private void startReplica() {
        replica = application(
                KafkaApplicationsIT.Replica.class,
                "statesync.sources.db.events=postgres",
                "statesync.sources.db.snapshots=jdbc",
                "statesync.sources.db.probe-interval=1h",
                "statesync.sources.db.reconnect.max=200ms",
                "statesync.defaults.startup=background",
                "statesync.jdbc.initialize-schema=never");
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

    private ConfigurableApplicationContext application(Class<?> beans, String... properties) {
        List<String> database = List.of(
                "spring.datasource.url=" + postgres.url(),
                "spring.datasource.username=postgres",
                "spring.datasource.hikari.connection-timeout=1000",
                "spring.datasource.hikari.minimum-idle=0");
        return new SpringApplicationBuilder(beans)
                .web(WebApplicationType.NONE)
                .properties(database.toArray(String[]::new))
                .properties(properties)
                .run();
    }
}
