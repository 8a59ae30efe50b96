package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.source.RevisionCounter;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.redis.RedisCluster;
import io.statesync.spring.redis.RedisSentinel;
import io.statesync.spring.redis.RedisServer;
import io.statesync.spring.redis.RedisStateStore;
import io.statesync.state.SyncedState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Redis behind a sentinel and as a cluster: nothing but Spring's own properties says so. */
class RedisTopologiesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String[] SOURCE = {"--statesync.counter=redis", "--statesync.announce=redis"};

    private static final String[] REPLICA = {
        "--statesync.sources.shop.events=redis",
        "--statesync.sources.shop.snapshots=redis",
        "--statesync.sources.shop.probe-interval=1h",
        "--statesync.sources.shop.reconnect.max=200ms"
    };

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
    void aSentinelMakesAnotherServerTheMasterAndReplicasFollow() throws Exception {
        RedisServer master = opened(new RedisServer());
        RedisServer follower = opened(new RedisServer("--replicaof", "127.0.0.1", Integer.toString(master.port())));
        RedisSentinel sentinel = opened(new RedisSentinel(master));
        sentinel.awaitMaster(master);
        start(
                "--spring.data.redis.sentinel.master=" + RedisSentinel.MASTER,
                "--spring.data.redis.sentinel.nodes=127.0.0.1:" + sentinel.port());
        hearsOfEdits(1);
        Revision before = put("rates", 2);
        assertThat(master.answer("WAIT 1 30000")).as("the follower has it").isEqualTo(":1");
        await("replica, other instances, sentinel").atMost(PATIENCE).until(() -> master.subscribers() == 3);

        master.kill();

        await("the loss is told").atMost(PATIENCE).until(() -> !rates().status().connected());
        assertThat(copy("rates").get()).isEqualTo(2);
        sentinel.awaitMaster(follower);
        await("the replica is live at the new master").atMost(PATIENCE).until(() -> isLive(rates()));
        Revision after = hearsOfEdits(3);
        await("one connection each").atMost(PATIENCE).until(() -> follower.subscribers() == 3);
        assertThat(after.isNewerThan(before)).isTrue();
    }

    @Test
    void topicsOfAClusterArePutCountedAnnouncedAndRead() throws Exception {
        RedisCluster cluster = opened(new RedisCluster());
        start("--spring.data.redis.cluster.nodes=" + String.join(",", cluster.addresses()));

        hearsOfEdits(1);
        hearsOfEdits(2);

        await("one connection each").atMost(PATIENCE).until(() -> subscribers(cluster) == 2);
    }

    private static int subscribers(RedisCluster cluster) {
        return cluster.nodes().stream().mapToInt(RedisServer::subscribers).sum();
    }

    /* By the store in one step, and by the counter and an announcement of their own. */
    private Revision hearsOfEdits(int number) {
        List<Revision> edits = Stream.of("rates", "limits", "flags")
                .map(topic -> {
                    Revision put = put(topic, number);
                    await("topic " + topic + " arrives")
                            .atMost(PATIENCE)
                            .until(() -> copy(topic).hasValue()
                                    && copy(topic).snapshot().revision().equals(put));
                    assertThat(copy(topic).get()).isEqualTo(number);
                    return put;
                })
                .toList();
        Revision announced =
                source.getBean(StatePublisher.class).invalidate("rates").join();
        await("the announcement arrives")
                .atMost(PATIENCE)
                .until(() -> rates().localRevision().equals(announced));
        assertThat(announced.isNewerThan(edits.get(0))).isTrue();
        assertThat(source.getBean(RevisionCounter.class).next("flags").isNewerThan(edits.get(2)))
                .isTrue();
        await("all is live").atMost(PATIENCE).until(() -> isLive(rates()));
        return announced;
    }

    /* While there is no master a change fails, and is made again. */
    private Revision put(String topic, int number) {
        Callable<Revision> put =
                () -> source.getBean(RedisStateStore.class).put(topic, number).join();
        return await("the change is made").atMost(PATIENCE).ignoreExceptions().until(put, Objects::nonNull);
    }

    private void start(String... redis) {
        source = application(Source.class, SOURCE, redis);
        put("rates", 0);
        put("limits", 0);
        put("flags", 0);
        replica = application(Replica.class, REPLICA, redis);
        await("the probe is not needed").atMost(PATIENCE).until(() -> isLive(rates()));
    }

    private RevisionSync<?> rates() {
        return replica.getBean("revisionSync.rates", RevisionSync.class);
    }

    private static boolean isLive(RevisionSync<?> sync) {
        return sync.status().state() == SyncState.LIVE;
    }

    @SuppressWarnings("unchecked")
    private SyncedState<Integer> copy(String topic) {
        return replica.getBean(topic + "Copy", SyncedState.class);
    }

    private ConfigurableApplicationContext application(Class<?> beans, String[] role, String[] redis) {
        return opened(new SpringApplicationBuilder(beans)
                .web(WebApplicationType.NONE)
                .properties("spring.data.redis.timeout=1s")
                .run(Stream.of(role, redis).flatMap(Stream::of).toArray(String[]::new)));
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        open.add(0, closeable);
        return closeable;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Source {

        @TopicSource("rates")
        int rates() {
            return 0; // read by nobody here: it says that the topic is this application's
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Replica {

        @Bean
        @SyncedTopic("rates")
        SyncedState<Integer> ratesCopy() {
            return SyncedState.create();
        }

        @Bean
        @SyncedTopic("limits")
        SyncedState<Integer> limitsCopy() {
            return SyncedState.create();
        }

        @Bean
        @SyncedTopic("flags")
        SyncedState<Integer> flagsCopy() {
            return SyncedState.create();
        }
    }
}
