package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SetupException;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.redis.RedisStateStore;
import io.statesync.state.SyncedState;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.embedded.RedisServer;

/** Applications that have nothing in common but a Redis: no web server, no broker. */
@ExtendWith(OutputCaptureExtension.class)
class RedisApplicationsIT {

    private static final String[] SOURCE = {"--statesync.counter=redis", "--statesync.announce=redis"};

    private static final String[] REPLICA = {
        "--statesync.sources.cache.events=redis",
        "--statesync.sources.cache.snapshots=redis",
        "--statesync.sources.cache.probe-interval=1h",
        "--statesync.sources.cache.reconnect.max=200ms"
    };

    private int port;
    private RedisServer server;

    @BeforeEach
    void start() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        startServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private void startServer() throws Exception {
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
    }

    @Test
    void anEditReachesTheReplicaByRedisAlone(CapturedOutput output) {
        try (ConfigurableApplicationContext source = application(Source.class, SOURCE)) {
            RedisStateStore store = source.getBean(RedisStateStore.class);
            store.put("rates", Map.of("EUR", 1)).join();
            try (ConfigurableApplicationContext replica = application(Replica.class, REPLICA)) {
                assertThat(copy(replica).get()).containsEntry("EUR", 1);
                await("the probe is not needed").until(() -> live(replica));

                Revision second = store.put("rates", Map.of("EUR", 2)).join();

                await("the edit arrives")
                        .until(() -> copy(replica).snapshot().revision().equals(second));
                assertThat(copy(replica).get()).containsEntry("EUR", 2);
            }
        }
        assertThat(output).doesNotContain("no connection for invalidations").doesNotContain("already closed");
    }

    @Test
    void whatAnyInstanceInvalidatesTheOthersHear() {
        try (ConfigurableApplicationContext one = application(Source.class, SOURCE);
                ConfigurableApplicationContext other = application(Both.class, both())) {
            RevisionSync<?> heard = other.getBean(RevisionSync.class);

            Revision first =
                    one.getBean(StatePublisher.class).invalidate("shown").join();
            await("its announcement arrives").until(() -> heard.localRevision().equals(first));
            Revision second =
                    other.getBean(StatePublisher.class).invalidate("shown").join();

            assertThat(second.isNewerThan(first)).isTrue();
            await().until(() -> heard.localRevision().equals(second));
        }
    }

    @Test
    void aServerThatIsAwayIsWaitedForInTheBackground() throws Exception {
        server.stop();
        try (ConfigurableApplicationContext replica =
                application(Replica.class, with("--statesync.defaults.startup=background"))) {
            assertThat(copy(replica).hasValue()).isFalse();

            startServer();
            try (ConfigurableApplicationContext source = application(Source.class, SOURCE)) {
                source.getBean(RedisStateStore.class).put("rates", Map.of("EUR", 1));

                await("the replica connects").until(() -> copy(replica).hasValue());
            }
        }
    }

    @Test
    void aServerThatIsAwayEndsTheStartOfWhoRequiresIt(CapturedOutput output) throws Exception {
        server.stop();

        assertThatThrownBy(() -> application(Replica.class, with("--statesync.defaults.startup-timeout=500ms")))
                .isInstanceOf(SetupException.class);

        assertThat(output.getAll().substring(output.getAll().indexOf("APPLICATION FAILED TO START")))
                .contains(
                        "Topic \"rates\" has no first snapshot from source \"cache\" (events: redis, snapshots: redis)")
                .contains("Connection refused")
                .contains("(statesync.sources.cache)", "\"background\"");
    }

    @Test
    void aServerThatGoesAwayLaterIsWaitedForAndReadsGoOn() throws Exception {
        try (ConfigurableApplicationContext source = application(Source.class, SOURCE)) {
            RedisStateStore store = source.getBean(RedisStateStore.class);
            store.put("rates", Map.of("EUR", 1)).join();
            try (ConfigurableApplicationContext replica = application(Replica.class, REPLICA)) {
                RevisionSync<?> sync = replica.getBean(RevisionSync.class);

                server.stop();
                await("the loss is told").until(() -> !sync.status().connected());
                assertThat(copy(replica).get()).containsEntry("EUR", 1);
                assertThatThrownBy(() -> store.put("rates", Map.of("EUR", 9)))
                        .hasMessageContaining("write the snapshot of topic \"rates\"");

                startServer();
                await("the return is told").until(() -> sync.status().connected());
                await("it takes changes again")
                        .ignoreExceptions()
                        .until(() -> store.put("rates", Map.of("EUR", 2)).isDone());
                await("the change arrives").until(() -> copy(replica).get().get("EUR") == 2);
                await().until(() -> live(replica));
            }
        }
    }

    private static boolean live(ConfigurableApplicationContext replica) {
        return replica.getBean(RevisionSync.class).status().state() == SyncState.LIVE;
    }

    @SuppressWarnings("unchecked")
    private static SyncedState<Map<String, Integer>> copy(ConfigurableApplicationContext replica) {
        return replica.getBean(SyncedState.class);
    }

    private static String[] with(String argument) {
        String[] all = Arrays.copyOf(REPLICA, REPLICA.length + 1);
        all[REPLICA.length] = argument;
        return all;
    }

    private static String[] both() {
        return new String[] {
            SOURCE[0], SOURCE[1], "--statesync.sources.cache.events=redis", "--statesync.topics.shown.source=cache"
        };
    }

    private ConfigurableApplicationContext application(Class<?> beans, String... arguments) {
        return new SpringApplicationBuilder(beans)
                .web(WebApplicationType.NONE)
                .properties("spring.data.redis.port=" + port, "spring.data.redis.timeout=1s")
                .run(arguments);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Source {}

    /** An instance that changes a topic as the others do, and hears of their changes. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Both {

        @TopicSource("shown")
        String shown() {
            return "the same everywhere";
        }

        @Bean
        @SyncedTopic("shown")
        SyncedState<String> copy() {
            return SyncedState.create();
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
    }
}
