package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.spring.jdbc.JdbcStateStore;
import io.statesync.spring.kafka.KafkaServer;
import io.statesync.state.SyncedState;
import java.time.Duration;
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

/** A source and a replica whose broker is away: changes go on, are said to be unannounced, and are announced later. */
@ExtendWith(OutputCaptureExtension.class)
class KafkaBrokerAwayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final List<String> SOURCE =
            List.of("statesync.counter=jdbc", "statesync.announce=kafka", "statesync.jdbc.initialize-schema=always");

    private static final List<String> REPLICA = List.of(
            "statesync.sources.shop.events=kafka",
            "statesync.sources.shop.snapshots=jdbc",
            "statesync.sources.shop.heartbeat=1s",
            "statesync.sources.shop.reconnect.max=200ms",
            "statesync.sources.shop.probe-interval=1h",
            "statesync.jdbc.initialize-schema=never",
            "statesync.defaults.startup=background");

    private final String database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private KafkaServer broker;
    private ConfigurableApplicationContext source;
    private ConfigurableApplicationContext replica;

    @BeforeEach
    void startBroker() throws Exception {
        broker = new KafkaServer();
    }

    @AfterEach
    void close() throws Exception {
        replica.close();
        source.close();
        broker.close();
    }

    private void startApplications() {
        source = application(KafkaApplicationsIT.Store.class, SOURCE);
        put(1);
        replica = application(KafkaApplicationsIT.Replica.class, REPLICA);
    }

    @Test
    void aBrokerThatComesLaterIsToldThen(CapturedOutput output) throws Exception {
        broker.kill();

        startApplications();
        Revision unheard = put(2);
        await("the replica has what is there")
                .until(() -> copy().hasValue() && copy().get().get("EUR") > 0);
        await("the source says that nobody was told").atMost(PATIENCE).until(() -> refusals(output) == 1);
        assertThat(sync().status().connected()).isFalse();

        broker.start();

        await("the source says that it is over")
                .atMost(PATIENCE)
                .until(() -> output.getAll().contains("Kafka topic statesync.invalidations takes announcements again"));
        await("the replica is live, and at the newest").atMost(PATIENCE).until(() -> isLive() && has(unheard));
        assertThat(refusals(output)).isEqualTo(1);
        hearsOfAnEdit(3);
    }

    @Test
    void aBrokerThatGoesAwayLaterIsToldWhenItIsBack(CapturedOutput output) throws Exception {
        startApplications();
        await("the probe is not needed").atMost(PATIENCE).until(this::isLive);
        hearsOfAnEdit(2);

        broker.kill();
        await("the replica has noticed")
                .atMost(PATIENCE)
                .until(() -> !sync().status().connected());
        Revision unheard = put(3);
        await("the source says that nobody was told").atMost(PATIENCE).until(() -> refusals(output) == 1);
        assertThat(copy().get()).containsEntry("EUR", 2);
        assertThat(sync().status().state()).isEqualTo(SyncState.STALE);

        broker.start();

        await("the replica is live, and at the newest").atMost(PATIENCE).until(() -> isLive() && has(unheard));
        await("the source says that it is over")
                .atMost(PATIENCE)
                .until(() -> output.getAll().contains("Kafka topic statesync.invalidations takes announcements again"));
        assertThat(refusals(output)).isEqualTo(1);
        hearsOfAnEdit(4);
    }

    private void hearsOfAnEdit(int euro) {
        Revision next = put(euro);
        await("the edit arrives").atMost(PATIENCE).until(() -> has(next));
        assertThat(copy().get()).containsEntry("EUR", euro);
    }

    /* Returns at once, whatever the broker does. */
    private Revision put(int euro) {
        return source.getBean(JdbcStateStore.class)
                .put("rates", Map.of("EUR", euro))
                .join();
    }

    private static int refusals(CapturedOutput output) {
        return output.getAll().split("does not take the announcements of", -1).length - 1;
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

    private ConfigurableApplicationContext application(Class<?> beans, List<String> properties) {
        return new SpringApplicationBuilder(beans)
                .web(WebApplicationType.NONE)
                .properties(properties.toArray(String[]::new))
                .run(
                        // arguments, since an embedded broker of another test leaves system properties
                        "--spring.kafka.bootstrap-servers=127.0.0.1:" + broker.port(),
                        "--spring.datasource.url=" + database,
                        "--logging.level.org.apache.kafka=error");
    }
}
