package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.SyncPhase;
import io.statesync.SyncState;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.stomp.StompHandshakeCustomizer;
import io.statesync.state.SyncedState;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;

/** The replica of a user who may read one of its two topics. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedTopicIT {

    private static final int ATTEMPTS = 5;

    private static SecuredSource source;

    @BeforeAll
    static void start() {
        source = SecuredSource.start();
    }

    @AfterAll
    static void stop() {
        source.close();
    }

    @Test
    void theRefusedTopicSaysWhyAndTheOtherLivesOn(CapturedOutput output) {
        try (ConfigurableApplicationContext replica = replica("1ms", "10ms")) {
            RevisionSync<?> stock = stock(replica);
            Watch watch = replica.getBean(Watch.class);
            await().until(() ->
                    watch.errors("prices").size() >= ATTEMPTS && stock.status().state() == SyncState.LIVE);

            Revision revision =
                    source.bean(StatePublisher.class).invalidate("stock").join();

            await().until(() -> stock.localRevision().equals(revision));
            assertThat(watch.errors("prices")).allSatisfy(error -> {
                assertThat(error.phase()).isEqualTo(SyncPhase.SUBSCRIBE);
                assertThat(error.error()).hasMessageContaining("this user may not read topic \"prices\"");
            });
            // the first refusal ended the connection of both; since then each has one of its own
            int lost = watch.lost.size();
            int refusals = watch.errors("prices").size();
            await().until(() -> watch.errors("prices").size() >= refusals + ATTEMPTS);
            assertThat(watch.lost).hasSize(lost);
            assertThat(watch.errors("stock")).isEmpty();
        }
        assertThat(output.getAll().lines().filter(line -> line.contains(" WARN ") && line.contains("Topic prices")))
                .hasSize(1);
    }

    @Test
    void itIsTriedAgainAtThePaceOfTheBackOffAlone() {
        try (ConfigurableApplicationContext replica = replica("30d", "30d")) {
            Watch watch = replica.getBean(Watch.class);
            RevisionSync<?> stock = stock(replica);
            await().until(() ->
                    !watch.errors("prices").isEmpty() && stock.status().state() == SyncState.LIVE);

            for (int change = 0; change < ATTEMPTS; change++) {
                Revision revision =
                        source.bean(StatePublisher.class).invalidate("stock").join();
                source.bean(StatePublisher.class).invalidate("prices").join();
                await().until(() -> stock.localRevision().equals(revision));
            }

            assertThat(watch.errors("prices")).hasSize(1);
        }
    }

    private static RevisionSync<?> stock(ConfigurableApplicationContext replica) {
        return (RevisionSync<?>) replica.getBeanProvider(RevisionSync.class).stream()
                .filter(sync -> sync.topic().equals("stock"))
                .findFirst()
                .orElseThrow();
    }

    private static ConfigurableApplicationContext replica(String initial, String max) {
        return new SpringApplicationBuilder(Replica.class, Watch.class, Bob.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "statesync.sources.shop.urls=" + source.url(),
                        "statesync.defaults.startup=background",
                        "statesync.defaults.catch-up.initial=" + initial,
                        "statesync.defaults.catch-up.max=" + max)
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Replica {
        @Bean
        @SyncedTopic("prices")
        SyncedState<Integer> prices() {
            return SyncedState.create();
        }

        @Bean
        @SyncedTopic("stock")
        SyncedState<Integer> stock() {
            return SyncedState.create();
        }
    }

    static class Bob implements StompHandshakeCustomizer, RestClientCustomizer {
        @Override
        public void customize(String name, HttpHeaders handshake) {
            handshake.set(HttpHeaders.AUTHORIZATION, SecuredSource.BOB);
        }

        @Override
        public void customize(org.springframework.web.client.RestClient.Builder client) {
            client.defaultHeader(HttpHeaders.AUTHORIZATION, SecuredSource.BOB);
        }
    }

    static class Watch implements SyncListener {
        private final Queue<SyncErrorContext> errors = new ConcurrentLinkedQueue<>();
        final Queue<String> lost = new ConcurrentLinkedQueue<>();

        List<SyncErrorContext> errors(String topic) {
            return errors.stream().filter(error -> topic.equals(error.topic())).toList();
        }

        @Override
        public void onError(SyncErrorContext context) {
            errors.add(context);
        }

        @Override
        public void onConnectionLost(String topic, @Nullable Throwable cause) {
            lost.add(topic);
        }
    }
}
