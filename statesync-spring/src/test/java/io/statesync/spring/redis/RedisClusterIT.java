package io.statesync.spring.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.protocol.ProtocolVersion;
import io.statesync.Revision;
import io.statesync.SnapshotProvider;
import io.statesync.spring.json.SnapshotCodec;
import io.statesync.test.RecordingHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import tools.jackson.databind.json.JsonMapper;

/** Topics over the nodes of a real cluster. */
class RedisClusterIT {

    private static final List<String> TOPICS =
            IntStream.range(0, 60).mapToObj(it -> "topic-" + it).toList();

    private static RedisCluster cluster;
    private static LettuceConnectionFactory factory;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = new RedisCluster();
        factory = RedisServer.started(new LettuceConnectionFactory(
                new RedisClusterConfiguration(cluster.addresses()), RedisServer.client(ProtocolVersion.RESP3)));
    }

    /** A node that was killed may be gone for the others a moment longer. */
    @BeforeEach
    void awaitAll() {
        cluster.awaitComplete();
    }

    @AfterAll
    static void stop() {
        if (factory != null) {
            factory.destroy();
        }
        cluster.close();
    }

    @Test
    void topicsOfAllNodesArePutAnnouncedReadAndAsked() throws Exception {
        RedisSnapshotSource snapshots =
                new RedisSnapshotSource(factory, RedisKeys.DEFAULT, new SnapshotCodec(JsonMapper.shared()), 10_000);
        RedisStateStore store = TestStore.on(factory);
        Map<String, RecordingHandler> handlers = new HashMap<>();
        Map<String, Revision> put = new HashMap<>();
        try (RedisTransport transport = RedisTransport.on(factory).build()) {
            for (String topic : TOPICS) {
                RecordingHandler handler = new RecordingHandler();
                transport
                        .subscribe(topic, handler)
                        .active()
                        .toCompletableFuture()
                        .join();
                handlers.put(topic, handler);
            }

            for (String topic : TOPICS) {
                put.put(topic, store.put(topic, "data of " + topic).join());
            }

            Awaitility.await("every announcement arrives, whichever node was told")
                    .until(() -> TOPICS.stream()
                            .allMatch(it -> handlers.get(it)
                                    .revisions()
                                    .equals(List.of(put.get(it).toString()))));
        }
        assertThat(snapshots.current(TOPICS)).isEqualTo(put);
        for (String topic : TOPICS) {
            SnapshotProvider<?> provider = snapshots.provider(topic, String.class);
            assertThat(provider.getSnapshot().data()).isEqualTo("data of " + topic);
        }
        RedisRevisionCounter counter = RedisRevisionCounter.hybrid(factory, RedisKeys.DEFAULT);
        assertThat(counter.next("topic-0").isNewerThan(put.get("topic-0"))).isTrue();
    }

    @Test
    void whenTheNodeThatIsHeardDiesAnotherOneIs() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        try (RedisTransport transport = RedisTransport.on(factory).build()) {
            transport
                    .subscribe("moving", handler)
                    .active()
                    .toCompletableFuture()
                    .join();
            RedisServer heard = cluster.nodes().stream()
                    .filter(node -> node.subscribers() > 0)
                    .findFirst()
                    .orElseThrow();

            heard.kill();

            Awaitility.await("the return is told").until(() -> handler.connectionsRestored() == 1);
            assertThat(cluster.nodes().stream()
                            .filter(RedisServer::isRunning)
                            .mapToInt(RedisServer::subscribers)
                            .sum())
                    .isEqualTo(1);
            heard.start();
        }
    }
}
