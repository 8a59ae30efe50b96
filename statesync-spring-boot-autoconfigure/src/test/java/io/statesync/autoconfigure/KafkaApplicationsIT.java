package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.InvalidationOutcome;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncListener;
import io.statesync.SyncState;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SetupException;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.jdbc.JdbcStateStore;
import io.statesync.state.SyncedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Applications whose invalidations go over Kafka, and whose snapshots come from elsewhere. */
@ExtendWith(OutputCaptureExtension.class)
class KafkaApplicationsIT {

    private static EmbeddedKafkaBroker kafka;

    private final String database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

    @BeforeAll
    static void start() {
        kafka = new EmbeddedKafkaKraftBroker(1, 1);
        kafka.afterPropertiesSet();
    }

    @AfterAll
    static void stop() {
        kafka.destroy();
    }

    @AfterEach
    void close() {
        contexts.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void anEditReachesTheReplicaByKafkaAndIsReadFromTheDatabase() {
        JdbcStateStore store = storing();
        store.put("rates", Map.of("EUR", 1)).join();
        ConfigurableApplicationContext replica = replicaOfDatabase(kafka.getBrokersAsString());
        assertThat(copy(replica).get()).containsEntry("EUR", 1);
        await("the probe is not needed").until(() -> isLive(replica));

        new TransactionTemplate(contexts.get(0).getBean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> {
                    store.put("rates", Map.of("EUR", 0));
                    status.setRollbackOnly();
                });
        Revision second = store.put("rates", Map.of("EUR", 2)).join();

        await("the edit arrives")
                .until(() -> copy(replica).snapshot().revision().equals(second));
        assertThat(copy(replica).get()).containsEntry("EUR", 2);
    }

    @Test
    @DisplayName("TC-09: applications on two Kafka topics do not hear each other, those on one do")
    void applicationsOnTwoKafkaTopicsDoNotHearEachOther() {
        String apart = "--statesync.kafka.topic=another-shop";
        JdbcStateStore store = storing();
        JdbcStateStore storeApart = storing(apart);
        store.put("rates", Map.of("EUR", 1)).join();
        ConfigurableApplicationContext replica = replicaOfDatabase(kafka.getBrokersAsString());
        ConfigurableApplicationContext replicaApart = replicaOfDatabase(kafka.getBrokersAsString(), apart);
        await().until(() -> isLive(replica) && isLive(replicaApart));

        Revision second = store.put("rates", Map.of("EUR", 2)).join();
        await("the edit arrives")
                .until(() -> copy(replica).snapshot().revision().equals(second));
        Revision third = storeApart.put("rates", Map.of("EUR", 3)).join();
        await("the other edit arrives")
                .until(() -> copy(replicaApart).snapshot().revision().equals(third));

        assertThat(replica.getBean(Heard.class).events).contains(second).doesNotContain(third);
        assertThat(replicaApart.getBean(Heard.class).events).containsExactly(third);
    }

    @Test
    void anEditIsPartOfTheTransactionOfTheDatabaseAndOfKafka() {
        JdbcStateStore store = storing("--spring.kafka.producer.transaction-id-prefix=shop-");
        store.put("rates", Map.of("EUR", 1)).join();
        ConfigurableApplicationContext replica = replicaOfDatabase(kafka.getBrokersAsString());
        await().until(() -> isLive(replica));

        Revision second = store.put("rates", Map.of("EUR", 2)).join();

        await("the edit arrives")
                .until(() -> copy(replica).snapshot().revision().equals(second));
    }

    @Test
    void anEditReachesTheReplicaByKafkaAndIsReadOverHttp() {
        ConfigurableApplicationContext source = run(
                new SpringApplicationBuilder(Source.class)
                        .properties("server.port=0", "server.address=127.0.0.1", "statesync.topics.rates.expose=true"),
                kafka.getBrokersAsString(),
                "--statesync.announce=kafka");
        int port = ((WebServerApplicationContext) source).getWebServer().getPort();
        ConfigurableApplicationContext replica = run(
                new SpringApplicationBuilder(Replica.class).web(WebApplicationType.NONE),
                kafka.getBrokersAsString(),
                "--statesync.sources.shop.urls=http://localhost:" + port,
                "--statesync.sources.shop.events=kafka",
                "--statesync.sources.shop.probe-interval=1h");
        await("the probe is not needed").until(() -> isLive(replica));

        source.getBean(Source.class).euro.set(7);
        Revision next = source.getBean(StatePublisher.class).invalidate("rates").join();

        await("the edit arrives")
                .until(() -> copy(replica).snapshot().revision().equals(next));
        assertThat(copy(replica).get()).containsEntry("EUR", 7);
    }

    @Test
    void withoutABrokerARequiredReplicaDoesNotStartAndSaysWhatIsMissing() {
        assertThatThrownBy(() -> replicaOfDatabase("127.0.0.1:1", "--statesync.defaults.startup-timeout=3s"))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("no connection for invalidations")
                .hasMessageContaining("Kafka has not answered for PT1S");
    }

    @Test
    void withoutABrokerAReplicaInTheBackgroundFetchesAndSaysWhatIsMissing(CapturedOutput output) {
        storing().put("rates", Map.of("EUR", 3)).join();

        ConfigurableApplicationContext replica =
                replicaOfDatabase("127.0.0.1:1", "--statesync.defaults.startup=background");

        await("there is a snapshot").until(() -> copy(replica).hasValue());
        assertThat(copy(replica).get()).containsEntry("EUR", 3);
        await("the log says what is missing")
                .untilAsserted(() -> assertThat(output.getAll())
                        .contains(
                                "Source \"shop\" (events: kafka, snapshots: jdbc): no connection for invalidations, tried again"
                                        + " until there is one:")
                        .contains("Kafka has not answered for PT1S"));
    }

    private JdbcStateStore storing(String... more) {
        String[] own = {
            "--statesync.counter=jdbc", "--statesync.announce=kafka", "--statesync.jdbc.initialize-schema=always"
        };
        return run(
                        new SpringApplicationBuilder(Store.class).web(WebApplicationType.NONE),
                        kafka.getBrokersAsString(),
                        Stream.of(own, more).flatMap(Stream::of).toArray(String[]::new))
                .getBean(JdbcStateStore.class);
    }

    private ConfigurableApplicationContext replicaOfDatabase(String brokers, String... more) {
        String[] own = {
            "--statesync.sources.shop.events=kafka",
            "--statesync.sources.shop.snapshots=jdbc",
            "--statesync.sources.shop.heartbeat=1s",
            "--statesync.sources.shop.probe-interval=1h",
            "--statesync.jdbc.initialize-schema=never"
        };
        return run(
                new SpringApplicationBuilder(Replica.class).web(WebApplicationType.NONE),
                brokers,
                Stream.of(own, more).flatMap(Stream::of).toArray(String[]::new));
    }

    private ConfigurableApplicationContext run(
            SpringApplicationBuilder application, String brokers, String... arguments) {
        // arguments, since the broker sets system properties
        String[] where = {"--spring.datasource.url=" + database, "--spring.kafka.bootstrap-servers=" + brokers};
        ConfigurableApplicationContext context =
                application.run(Stream.of(where, arguments).flatMap(Stream::of).toArray(String[]::new));
        contexts.add(context);
        return context;
    }

    @SuppressWarnings("unchecked")
    private static SyncedState<Map<String, Integer>> copy(ConfigurableApplicationContext replica) {
        return replica.getBean(SyncedState.class);
    }

    private static boolean isLive(ConfigurableApplicationContext replica) {
        return replica.getBean(RevisionSync.class).status().state() == SyncState.LIVE;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Store {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Source {

        final AtomicInteger euro = new AtomicInteger(1);

        @TopicSource("rates")
        Map<String, Integer> rates() {
            return Map.of("EUR", euro.get());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Replica {

        @Bean
        @SyncedTopic("rates")
        SyncedState<Map<String, Integer>> rates() {
            return SyncedState.create();
        }

        @Bean
        Heard heard() {
            return new Heard();
        }
    }

    /** The events that were heard, stale ones too. */
    static final class Heard implements SyncListener {

        final List<Revision> events = new CopyOnWriteArrayList<>();

        @Override
        public void onInvalidation(String topic, long revisionBits, InvalidationOutcome outcome) {
            events.add(new Revision(revisionBits));
        }
    }
}
