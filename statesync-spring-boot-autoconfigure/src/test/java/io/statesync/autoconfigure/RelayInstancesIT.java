package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.relay.ArtemisServer;
import io.statesync.state.SyncedState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Two instances with a broker between them, and a replica that knows nothing of the broker. */
class RelayInstancesIT {

    private static final AtomicInteger TRUTH = new AtomicInteger();

    private final String counter = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final List<AutoCloseable> open = new ArrayList<>();
    private ArtemisServer broker;
    private ConfigurableApplicationContext one;
    private ConfigurableApplicationContext other;
    private ConfigurableApplicationContext replica;

    @BeforeEach
    void start() throws Exception {
        broker = new ArtemisServer();
        open.add(broker);
        one = instance();
        other = instance();
        replica = application(
                Replica.class,
                WebApplicationType.NONE,
                "statesync.sources.shop.urls=http://127.0.0.1:"
                        + Objects.requireNonNull(((WebServerApplicationContext) other).getWebServer())
                                .getPort(),
                "statesync.sources.shop.probe-interval=1h");
        await().until(this::live);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void anEditAtOneInstanceReachesTheSessionsOfTheOtherAlsoAfterTheBrokerWasKilled() {
        hears(edit());
        try (Warnings warnings = new Warnings()) {
            broker.kill();
            await("each instance says once that it hears nothing")
                    .until(() -> lines(warnings, "no connection for invalidations") == 2);

            Revision first = edit();
            Revision second = edit();
            assertThat(second.isNewerThan(first)).isTrue();
            assertThat(lines(warnings, "could not announce revision")).isEqualTo(1);
            assertThat(live()).as("the session lives on").isTrue();

            broker.start();
            hears(second);
            assertThat(lines(warnings, "no connection for invalidations")).isEqualTo(2);
            assertThat(lines(warnings, "could not announce revision")).isEqualTo(1);
            assertThat(copy().get()).isEqualTo(TRUTH.get());
        }
        hears(edit());
    }

    private static long lines(Warnings warnings, String text) {
        return warnings.lines().stream().filter(line -> line.contains(text)).count();
    }

    private Revision edit() {
        TRUTH.incrementAndGet();
        return one.getBean(StatePublisher.class).invalidate("numbers").join();
    }

    private void hears(Revision revision) {
        await("the replica of the other instance has it")
                .atMost(Duration.ofSeconds(30))
                .until(() -> copy().snapshot().revision().equals(revision));
    }

    private boolean live() {
        return replica.getBean(RevisionSync.class).status().state() == SyncState.LIVE;
    }

    @SuppressWarnings("unchecked")
    private SyncedState<Integer> copy() {
        return replica.getBean(SyncedState.class);
    }

    private ConfigurableApplicationContext instance() {
        return application(
                Instance.class,
                WebApplicationType.SERVLET,
                "server.port=0",
                "server.address=127.0.0.1",
                "spring.datasource.url=" + counter,
                "statesync.counter=jdbc",
                "statesync.jdbc.initialize-schema=always",
                "statesync.announce=relay",
                "statesync.relay.host=127.0.0.1",
                "statesync.relay.port=" + broker.port(),
                "statesync.topics.numbers.expose=true");
    }

    private ConfigurableApplicationContext application(Class<?> beans, WebApplicationType type, String... properties) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(beans)
                .web(type)
                .properties(properties)
                .run();
        open.add(0, context);
        return context;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Instance {

        @TopicSource("numbers")
        int numbers() {
            return TRUTH.get();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Replica {

        @Bean
        @SyncedTopic("numbers")
        SyncedState<Integer> copy() {
            return SyncedState.create();
        }
    }
}
