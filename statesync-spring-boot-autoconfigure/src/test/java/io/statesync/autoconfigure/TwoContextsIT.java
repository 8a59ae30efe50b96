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
import io.statesync.state.SyncedState;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A source and a replica over STOMP and HTTP, wired by the starter alone. */
class TwoContextsIT {

    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

    @AfterEach
    void close() {
        contexts.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void aChangeAtTheSourceIsReadableAtTheReplica() {
        ConfigurableApplicationContext source = source(0);
        ConfigurableApplicationContext replica = replica(url(source));
        SyncedState<Map<String, BigDecimal>> copy = copy(replica);
        assertThat(copy.get()).containsEntry("tea", BigDecimal.ONE);

        source.getBean(Prices.class).prices.put("tea", BigDecimal.TEN);
        Revision revision =
                source.getBean(StatePublisher.class).invalidate("prices").join();

        await().until(() -> sync(replica).localRevision().equals(revision));
        assertThat(copy.get()).containsEntry("tea", BigDecimal.TEN);
        assertThat(sync(replica).status().state()).isEqualTo(SyncState.LIVE);
    }

    @Test
    void aSourceThatDiesLeavesTheReplicaStaleAndOneThatComesBackMakesItLive() {
        int port = freePort();
        ConfigurableApplicationContext first = source(port);
        ConfigurableApplicationContext replica = replica("http://localhost:" + port);
        Revision before = sync(replica).localRevision();
        first.close();
        await().until(() -> sync(replica).status().state() == SyncState.STALE);
        assertThat(copy(replica).get()).containsKey("tea");

        ConfigurableApplicationContext second = source(port);

        await().until(() -> sync(replica).status().state() == SyncState.LIVE);
        assertThat(sync(replica).localRevision().isNewerThan(before)).isTrue();
        assertThat(second.isRunning()).isTrue();
    }

    @Test
    void aReplicaInTheBackgroundStartsBeforeItsSource() {
        int port = freePort();
        ConfigurableApplicationContext replica =
                replica("http://localhost:" + port, "statesync.defaults.startup=background");
        assertThat(sync(replica).status().state()).isEqualTo(SyncState.STARTING);

        source(port);

        await().until(() -> sync(replica).status().state() == SyncState.LIVE);
    }

    @Test
    void aRequiredTopicWhoseSourceIsNotThereFailsTheApplication() {
        int port = freePort();
        assertThatThrownBy(() -> replica("http://localhost:" + port, "statesync.topics.prices.startup-timeout=300ms"))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("prices")
                .hasMessageContaining("shop")
                .hasMessageContaining("http://localhost:" + port);
    }

    @Test
    void onlyExposedTopicsAreVisible() throws Exception {
        String source = url(source(0));
        assertThat(status(source + "/statesync/snapshots/prices")).isEqualTo(200);
        assertThat(status(source + "/statesync/snapshots/secrets")).isEqualTo(404);
        assertThat(body(source + "/statesync/revisions?topic=prices&topic=secrets"))
                .contains("prices")
                .doesNotContain("secrets");
    }

    private static int status(String url) throws Exception {
        return get(url).statusCode();
    }

    private static String body(String url) throws Exception {
        return get(url).body();
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @SuppressWarnings("unchecked")
    private static SyncedState<Map<String, BigDecimal>> copy(ConfigurableApplicationContext replica) {
        return replica.getBean(SyncedState.class);
    }

    private static RevisionSync<?> sync(ConfigurableApplicationContext replica) {
        return replica.getBean(RevisionSync.class);
    }

    private ConfigurableApplicationContext source(int port) {
        return run(new SpringApplicationBuilder(Source.class)
                .properties("server.port=" + port, "server.address=127.0.0.1", "statesync.topics.prices.expose=true"));
    }

    private ConfigurableApplicationContext replica(String url, String... more) {
        return run(new SpringApplicationBuilder(Replica.class)
                .web(WebApplicationType.NONE)
                .properties("statesync.sources.shop.urls=" + url)
                .properties(more));
    }

    private ConfigurableApplicationContext run(SpringApplicationBuilder application) {
        ConfigurableApplicationContext context = application.run();
        contexts.add(0, context);
        return context;
    }

    private static String url(ConfigurableApplicationContext context) {
        return "http://localhost:"
                + ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    /* A port that a later life of a source can have again: below those that outgoing connections are given. */
    private static int freePort() {
        for (int attempt = 0; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                assertThat(attempt).as("no free port: %s", taken).isLessThan(100);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Source {
        @Bean
        Prices prices() {
            return new Prices();
        }
    }

    static class Prices {
        final Map<String, BigDecimal> prices = new ConcurrentHashMap<>(Map.of("tea", BigDecimal.ONE));

        @TopicSource("prices")
        Map<String, BigDecimal> all() {
            return Map.copyOf(prices);
        }

        @TopicSource("secrets")
        String secrets() {
            return "secret";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Replica {
        @Bean
        @SyncedTopic("prices")
        SyncedState<Map<String, BigDecimal>> prices() {
            return SyncedState.create();
        }
    }
}
