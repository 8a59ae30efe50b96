package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.stomp.StompServer;
import io.statesync.state.SyncedState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Applications that come and go, and that are paused, over STOMP and HTTP on a real server. */
class ContextLifeIT {

    private static final int REFRESHES = Math.max(1, Integer.getInteger("statesync.refreshes", 1_000) / 100);

    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

    @AfterEach
    void close() {
        contexts.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void replicasThatComeAndGoLeaveNothingBehind() {
        ConfigurableApplicationContext source = source();
        StompServer server = source.getBean(StompServer.class);
        use(source);
        await().until(() -> server.sessions() == 0);
        LiveThreads threads = new LiveThreads();

        try (Warnings warnings = new Warnings()) {
            for (int i = 0; i < REFRESHES; i++) {
                use(source);
                await().until(() -> server.sessions() == 0);
            }
            assertThat(warnings.lines()).isEmpty();
        }

        // the server's own, which serve whoever comes
        threads.awaitNoOthers("http-nio", "statesync-stomp-out-", "statesync-stomp-heartbeat-");
    }

    @Test
    void sourcesThatComeAndGoLeaveNothingBehind() {
        ConfigurableApplicationContext first = source();
        use(first);
        first.close();
        LiveThreads threads = new LiveThreads();

        for (int i = 0; i < 3; i++) {
            ConfigurableApplicationContext source = source();
            use(source);
            source.close();
        }

        threads.awaitNoOthers();
    }

    @Test
    void aPausedReplicaCatchesUpWithWhatItMissed() {
        ConfigurableApplicationContext source = source();
        ConfigurableApplicationContext replica = replica(source);
        StompServer server = source.getBean(StompServer.class);
        for (int i = 0; i < 3; i++) {
            replica.pause();
            assertThat(sync(replica).status().state()).isEqualTo(SyncState.STOPPED);
            Revision missed = change(source);

            replica.restart();

            await().until(() -> sync(replica).localRevision().equals(missed));
            await().until(() -> sync(replica).status().state() == SyncState.LIVE);
            assertThat(server.sessions()).isOne();
        }
    }

    @Test
    void aPausedSourceIsFoundAgain() {
        ConfigurableApplicationContext source = source();
        ConfigurableApplicationContext replica = replica(source);
        source.pause();
        Revision missed = change(source);

        source.restart();

        await().until(() -> !missed.isNewerThan(sync(replica).localRevision()));
        await().until(() -> sync(replica).status().state() == SyncState.LIVE);
        Revision next = change(source);
        await().until(() -> sync(replica).localRevision().equals(next));
    }

    private void use(ConfigurableApplicationContext source) {
        ConfigurableApplicationContext replica = replica(source);
        Revision revision = change(source);
        await().until(() -> sync(replica).localRevision().equals(revision));
        replica.close();
    }

    private static Revision change(ConfigurableApplicationContext source) {
        return source.getBean(StatePublisher.class).invalidate("prices").join();
    }

    private static RevisionSync<?> sync(ConfigurableApplicationContext replica) {
        return replica.getBean(RevisionSync.class);
    }

    private ConfigurableApplicationContext source() {
        return run(new SpringApplicationBuilder(Source.class)
                .properties("server.port=0", "server.address=127.0.0.1", "statesync.topics.prices.expose=true"));
    }

    private ConfigurableApplicationContext replica(ConfigurableApplicationContext source) {
        int port = ((WebServerApplicationContext) source).getWebServer().getPort();
        return run(new SpringApplicationBuilder(Replica.class)
                .web(WebApplicationType.NONE)
                .properties("statesync.sources.shop.urls=http://localhost:" + port));
    }

    private ConfigurableApplicationContext run(SpringApplicationBuilder application) {
        ConfigurableApplicationContext context = application.run();
        contexts.add(0, context);
        return context;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Source {
        @TopicSource("prices")
        String prices() {
            return "cheap";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Replica {
        @Bean
        @SyncedTopic("prices")
        SyncedState<String> prices() {
            return SyncedState.create();
        }
    }
}
