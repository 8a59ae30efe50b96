package io.statesync.spring.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationSubscriber;
import io.statesync.Revision;
import io.statesync.RevisionProbe;
import io.statesync.RevisionSync;
import io.statesync.SnapshotProvider;
import io.statesync.memory.InMemoryTransport;
import io.statesync.policy.Backoff;
import io.statesync.policy.RefreshPool;
import io.statesync.policy.Scheduler;
import io.statesync.spring.json.SnapshotCodec;
import io.statesync.state.SyncedState;
import io.statesync.test.RecordingHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Data, revision and announcement are one step of the server: it has happened, or it has not. */
class RedisStoreIT {

    private static RedisServer server;

    private LettuceConnectionFactory factory;
    private RedisTransport transport;
    private RedisSnapshotSource snapshots;
    private RevisionProbe probe;

    @BeforeAll
    static void start() throws Exception {
        server = new RedisServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws Exception {
        server.answer("FLUSHALL");
        factory = server.factory();
        transport = RedisTransport.on(factory).build();
        snapshots = new RedisSnapshotSource(factory, RedisKeys.DEFAULT, new SnapshotCodec(JsonMapper.shared()), 10_000);
        probe = new RevisionProbe(
                snapshots, Duration.ofMillis(100), Scheduler.system(), RefreshPool.shared(), outcome -> {});
    }

    @AfterEach
    void close() {
        probe.close();
        transport.close();
        factory.destroy();
    }

    @Test
    void whatIsPutIsAnnouncedOnceToEverybody() {
        List<InvalidationEvent> elsewhere = new CopyOnWriteArrayList<>();
        RecordingHandler handler = new RecordingHandler();
        String topic = "Preise für/\"revision\":\"0\" 鞋";
        transport.subscribe(topic, handler).active().toCompletableFuture().join();

        RedisStateStore store =
                TestStore.on(factory, elsewhere::add, new RedisPublisher(factory, RedisChannel.DEFAULT));
        Revision first = store.put(topic, Map.of("a", 1)).join();
        Revision second = store.put(topic, null).join();

        Awaitility.await().until(() -> handler.received().size() == 2);
        assertThat(handler.revisions()).containsExactly(first.toString(), second.toString());
        assertThat(handler.received()).allSatisfy(event -> {
            assertThat(event.topic()).isEqualTo(topic);
            assertThat(event.sourceId()).isEqualTo("test");
        });
        assertThat(elsewhere).extracting(InvalidationEvent::revision).containsExactly(first, second);
        assertThat(elsewhere.get(0).timestampMs())
                .isEqualTo(handler.received().get(0).timestampMs());
    }

    @Test
    void aWriterThatDiesAtOnceHasAnnounced() throws Exception {
        TestStore.on(factory).put("prices", "before");
        SyncedState<String> copy = SyncedState.create();
        try (RevisionSync<String> replica = replica(transport, copy)) {
            replica.start();
            assertThat(copy.get()).isEqualTo("before");

            assertThat(dyingStore().waitFor()).isEqualTo(DyingStore.DIED);

            Awaitility.await("the step was the announcement")
                    .until(() -> copy.get().equals(DyingStore.DATA));
        }
    }

    @Test
    void aWriterThatNobodyHeardIsFoundByTheProbe() throws Exception {
        TestStore.on(factory).put("prices", "before");
        SyncedState<String> copy = SyncedState.create();
        try (RevisionSync<String> replica = probing(new InMemoryTransport(), copy)) {
            replica.start();

            assertThat(dyingStore().waitFor()).isEqualTo(DyingStore.DIED);

            Awaitility.await("the probe finds it").until(() -> copy.get().equals(DyingStore.DATA));
        }
    }

    @Test
    void afterFlushallReplicasKeepTheirStateSaySoAndTakeTheNextChange() throws Exception {
        RedisStateStore store = TestStore.on(factory);
        Revision before = store.put("prices", "before").join();
        SyncedState<String> copy = SyncedState.create();
        try (RevisionSync<String> replica = probing(transport, copy)) {
            replica.start();

            server.answer("FLUSHALL");

            Awaitility.await("it is seen").until(() -> replica.status().lastError() != null);
            assertThat(replica.status().lastError().error())
                    .hasMessage(
                            "Redis has lost the data of topic \"prices\" at key statesync:prices, of which revision "
                                    + before
                                    + " is applied here: it was emptied, or restored from a backup without them");
            assertThat(copy.get()).isEqualTo("before");
            Revision after = store.put("prices", "after").join();
            assertThat(after.isNewerThan(before)).isTrue();
            Awaitility.await("the new truth is there").until(() -> copy.get().equals("after"));
            assertThat(replica.localRevision()).isEqualTo(after);
        }
    }

    @Test
    void afterARestoreOfAnOlderBackupTheNextChangeIsNewer() {
        RedisStateStore store = TestStore.on(factory);
        Revision old = store.put("prices", "in the backup").join();
        store.put("prices", "lost with the restore").join();
        SyncedState<String> copy = SyncedState.create();
        try (RevisionSync<String> replica = probing(transport, copy)) {
            replica.start();

            new StringRedisTemplate(factory)
                    .opsForHash()
                    .putAll("statesync:prices", Map.of("revision", old.toString(), "data", "\"in the backup\""));

            Awaitility.await("the probe sees it").until(() -> replica.status().regressions() > 0);
            assertThat(copy.get()).isEqualTo("lost with the restore");
            store.put("prices", "after the restore");
            Awaitility.await("the restored truth is there")
                    .until(() -> copy.get().equals("after the restore"));
        }
    }

    @Test
    void aUserWithTheRightsOfTheDocumentationCanDoItAll() throws Exception {
        assertThat(server.answer("ACL SETUSER small on >secret ~statesync:* resetchannels &statesync"
                        + " +@connection +@hash +@scripting +@pubsub +time"))
                .isEqualTo("+OK");
        RedisStandaloneConfiguration asSmall = new RedisStandaloneConfiguration("127.0.0.1", server.port());
        asSmall.setUsername("small");
        asSmall.setPassword("secret");
        LettuceConnectionFactory small = RedisServer.factory(asSmall);
        try (RedisTransport other = RedisTransport.on(small).build()) {
            RecordingHandler handler = new RecordingHandler();
            other.subscribe("prices", handler).active().toCompletableFuture().join();

            Revision put = TestStore.on(small).put("prices", "x").join();

            Awaitility.await().until(() -> handler.revisions().contains(put.toString()));
            RedisSnapshotSource read =
                    new RedisSnapshotSource(small, RedisKeys.DEFAULT, new SnapshotCodec(JsonMapper.shared()), 10_000);
            assertThat(read.current(List.of("prices"))).containsEntry("prices", put);
            assertThat(read.provider("prices", String.class).getSnapshot().data())
                    .isEqualTo("x");
        } finally {
            small.destroy();
        }
    }

    @Test
    void aReplicaOutlivesARestartOfTheServerWithoutAnyEvent() throws Exception {
        RedisStateStore store = TestStore.on(factory);
        store.put("prices", "before");
        SyncedState<String> copy = SyncedState.create();
        try (RevisionSync<String> replica = replica(transport, copy)) {
            replica.start();

            server.kill();
            Awaitility.await("it is seen").until(() -> !replica.status().connected());
            assertThat(copy.get()).isEqualTo("before");
            server.start();
            Awaitility.await("it takes changes")
                    .ignoreExceptions()
                    .until(() -> store.put("prices", "after").isDone());

            Awaitility.await().until(() -> copy.get().equals("after"));
        }
    }

    private RevisionSync<String> replica(InvalidationSubscriber subscriber, SyncedState<String> copy) {
        return RevisionSync.forTopic("prices")
                .subscriber(subscriber)
                .provider(provider())
                .applier(copy)
                .catchUp(Backoff.CATCH_UP)
                .build();
    }

    private RevisionSync<String> probing(InvalidationSubscriber subscriber, SyncedState<String> copy) {
        return RevisionSync.forTopic("prices")
                .subscriber(subscriber)
                .provider(provider())
                .applier(copy)
                .catchUp(Backoff.CATCH_UP)
                .probe(probe)
                .build();
    }

    @SuppressWarnings("unchecked") // its type is asked for
    private SnapshotProvider<String> provider() {
        return (SnapshotProvider<String>) snapshots.provider("prices", String.class);
    }

    private static Process dyingStore() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingStore.class.getName(),
                        Integer.toString(server.port()))
                .inheritIO()
                .start();
    }
}
