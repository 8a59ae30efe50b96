package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.SyncStatus;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.jdbc.JdbcStateStore;
import io.statesync.spring.jdbc.PostgresServer;
import io.statesync.spring.redis.RedisServer;
import io.statesync.spring.redis.RedisStateStore;
import io.statesync.state.SyncedState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The truth went back under the feet of the applications: it is seen at the replica before anything else changes, which keeps
 * what it has, and the next change brings the restored truth.
 */
@ExtendWith(OutputCaptureExtension.class)
class SourceWentBackIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger TRUTH = new AtomicInteger();

    private final List<AutoCloseable> open = new ArrayList<>();
    private ConfigurableApplicationContext source;
    private ConfigurableApplicationContext replica;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void anEmptiedRedisIsSeenAsALossAndTheNextChangeIsTheTruth(CapturedOutput output) throws Exception {
        RedisServer redis = opened(new RedisServer());
        source = application(Store.class, WebApplicationType.NONE, at(redis, "statesync.counter=redis"));
        Revision before = putInRedis(1);
        replica = replica(at(
                redis,
                "statesync.sources.shop.events=redis",
                "statesync.sources.shop.snapshots=redis",
                "statesync.sources.shop.probe-interval=200ms"));
        await().atMost(PATIENCE).until(() -> isLiveWith(1));

        redis.answer("FLUSHALL");

        await("the probe finds it").atMost(PATIENCE).until(() -> status().lastError() != null);
        String lost = "Redis has lost the data of topic \"rates\" at key statesync:rates, of which revision " + before
                + " is applied here";
        assertThat(status().lastError().error()).hasMessageContaining(lost);
        assertThat(status().state()).isEqualTo(SyncState.STALE);
        assertThat(health().get("state")).isEqualTo("STALE");
        assertThat(health().get("error")).asString().contains(lost);
        assertThat(refreshes("failed")).isPositive();
        assertThat(output).contains("Topic rates: getSnapshot failed: IllegalStateException: " + lost);
        assertThat(copy().get()).containsEntry("EUR", 1);

        Revision after = putInRedis(2);

        convergesOn(after, 2, before);
        assertThat(health()).doesNotContainKey("error");
    }

    @Test
    void anEmptiedCounterInRedisIsSeenAsARegressionOverHttp(CapturedOutput output) throws Exception {
        RedisServer redis = opened(new RedisServer());
        TRUTH.set(1);
        source = application(
                Truth.class,
                WebApplicationType.SERVLET,
                at(
                        redis,
                        "statesync.counter=redis",
                        "statesync.announce=redis",
                        "statesync.topics.rates.expose=true",
                        "server.port=0",
                        "server.address=127.0.0.1"));
        Revision before = invalidate();
        int port = Objects.requireNonNull(((WebServerApplicationContext) source).getWebServer())
                .getPort();
        replica = replica(at(
                redis,
                "statesync.sources.shop.events=redis",
                "statesync.sources.shop.urls=http://127.0.0.1:" + port,
                "statesync.sources.shop.probe-interval=200ms"));
        await().atMost(PATIENCE).until(() -> isLiveWith(1));

        redis.answer("FLUSHALL");

        isSeenAsARegression(1, output);
        TRUTH.set(2);
        convergesOn(invalidate(), 2, before);
    }

    @Test
    void aPostgresThatIsRestoredFromAnOlderBackupIsSeenAsARegressionAndTheNextChangeIsTheTruth(CapturedOutput output)
            throws Exception {
        PostgresServer postgres = opened(new PostgresServer());
        source = application(
                Store.class,
                WebApplicationType.NONE,
                at(
                        postgres,
                        "statesync.counter=jdbc",
                        "statesync.announce=postgres",
                        "statesync.jdbc.initialize-schema=always"));
        putInPostgres(1);
        replica = replica(at(
                postgres,
                "statesync.sources.shop.events=postgres",
                "statesync.sources.shop.snapshots=jdbc",
                "statesync.sources.shop.probe-interval=1h",
                "statesync.sources.shop.reconnect.max=200ms",
                "statesync.jdbc.initialize-schema=never"));
        await().atMost(PATIENCE).until(() -> isLiveWith(1));
        Path backup = postgres.backup();
        Revision lost = putInPostgres(2);
        await().atMost(PATIENCE).until(() -> isLiveWith(2));

        postgres.restore(backup);

        isSeenAsARegression(2, output);
        convergesOn(putInPostgres(3), 3, lost);
    }

    private void isSeenAsARegression(int kept, CapturedOutput output) {
        await("it is counted").atMost(PATIENCE).until(() -> status().regressions() > 0);
        await("and shown").atMost(PATIENCE).until(() -> refreshes("regressed") > 0);
        assertThat(status().state()).isEqualTo(SyncState.STALE);
        assertThat(health()).containsEntry("state", "STALE");
        assertThat((Long) health().get("regressions")).isPositive();
        assertThat(output)
                .containsPattern("Topic rates: the source answers revision \\d+, older than \\d+ which is applied");
        assertThat(copy().get()).containsEntry("EUR", kept);
    }

    private void convergesOn(Revision revision, int euro, Revision before) {
        assertThat(revision.isNewerThan(before)).isTrue();
        await("the replica is live, at the restored truth").atMost(PATIENCE).until(() -> isLiveWith(euro));
        assertThat(copy().snapshot().revision()).isEqualTo(revision);
    }

    private Revision putInRedis(int euro) {
        return source.getBean(RedisStateStore.class)
                .put("rates", Map.of("EUR", euro))
                .join();
    }

    /* A pool notices late that its connections are gone: the change fails, and is made again. */
    private Revision putInPostgres(int euro) {
        Callable<Revision> put = () -> source.getBean(JdbcStateStore.class)
                .put("rates", Map.of("EUR", euro))
                .join();
        return await("the change is made").atMost(PATIENCE).ignoreExceptions().until(put, Objects::nonNull);
    }

    private Revision invalidate() {
        return source.getBean(StatePublisher.class).invalidate("rates").join();
    }

    private boolean isLiveWith(int euro) {
        return status().state() == SyncState.LIVE && copy().get().get("EUR") == euro;
    }

    private SyncStatus status() {
        return replica.getBean(RevisionSync.class).status();
    }

    @SuppressWarnings("unchecked")
    private SyncedState<Map<String, Integer>> copy() {
        return replica.getBean(SyncedState.class);
    }

    private long refreshes(String outcome) {
        return replica.getBean(MeterRegistry.class).get("statesync.refreshes").tag("outcome", outcome).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private Map<String, Object> health() {
        CompositeHealthContributor all =
                replica.getBean("statesyncHealthContributor", CompositeHealthContributor.class);
        return ((HealthIndicator) Objects.requireNonNull(all.getContributor("rates")))
                .health()
                .getDetails();
    }

    private static List<String> at(RedisServer redis, String... more) {
        List<String> properties = new ArrayList<>(List.of(more));
        properties.addAll(List.of("spring.data.redis.port=" + redis.port(), "spring.data.redis.timeout=1s"));
        return properties;
    }

    private static List<String> at(PostgresServer postgres, String... more) {
        List<String> properties = new ArrayList<>(List.of(more));
        properties.addAll(List.of(
                "spring.datasource.url=" + postgres.url(),
                "spring.datasource.username=postgres",
                "spring.datasource.hikari.connection-timeout=1000",
                "spring.datasource.hikari.minimum-idle=0"));
        return properties;
    }

    private ConfigurableApplicationContext replica(List<String> properties) {
        return application(Replica.class, WebApplicationType.NONE, properties);
    }

    private ConfigurableApplicationContext application(
            Class<?> beans, WebApplicationType type, List<String> properties) {
        return opened(new SpringApplicationBuilder(beans)
                .web(type)
                .properties(properties.toArray(String[]::new))
                .run());
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        open.add(0, closeable);
        return closeable;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Store {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Truth {

        @TopicSource("rates")
        Map<String, Integer> rates() {
            return Map.of("EUR", TRUTH.get());
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
        SimpleMeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
