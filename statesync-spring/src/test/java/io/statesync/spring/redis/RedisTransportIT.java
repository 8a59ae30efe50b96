package io.statesync.spring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.protocol.ProtocolVersion;
import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.policy.Backoff;
import io.statesync.spring.TestProxy;
import io.statesync.test.ManualScheduler;
import io.statesync.test.RecordingHandler;
import io.statesync.test.ServerTransportContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The transport contract over a Redis that is killed with -9 and started again. */
class RedisTransportIT extends ServerTransportContract {

    private static RedisServer server;

    private LettuceConnectionFactory factory;
    private RedisTransport transport;

    @BeforeAll
    static void startOnce() throws Exception {
        server = new RedisServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected void open() throws Exception {
        if (!server.isRunning()) {
            server.start();
        }
        factory = server.factory();
        transport = listening(factory).build();
    }

    @Override
    protected void close() {
        transport.close();
        factory.destroy();
    }

    @Override
    protected InvalidationSubscriber subscriber() {
        return transport;
    }

    @Override
    protected InvalidationPublisher publisher() {
        return new RedisPublisher(factory, RedisChannel.DEFAULT);
    }

    @Override
    protected void sendGarbage(String topic) {
        send("{\"topic\":\"" + topic + "\",\"revision\":5}");
    }

    private void send(String payload) {
        try (RedisConnection connection = factory.getConnection()) {
            connection.publish(RedisChannel.DEFAULT.bytes(), payload.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    protected void killServer() {
        server.kill();
    }

    @Override
    protected void startServer() throws Exception {
        server.start();
    }

    @Override
    protected int connections() {
        return server.subscribers();
    }

    private static RedisTransportBuilder listening(LettuceConnectionFactory connections) {
        return RedisTransport.on(connections).backoff(Backoff.of(Duration.ofMillis(50), Duration.ofMillis(200)));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    @DisplayName("TC-06: a connection that swallows everything is noticed, and made anew")
    void aHangingConnectionIsNoticed(ProtocolVersion version) throws Exception {
        List<Throwable> causes = new CopyOnWriteArrayList<>();
        try (TestProxy proxy = new TestProxy(server.port())) {
            LettuceConnectionFactory behindProxy =
                    RedisServer.factory(new RedisStandaloneConfiguration("127.0.0.1", proxy.port()), version);
            try (RedisTransport behind = listening(behindProxy)
                    .heartbeat(Duration.ofMillis(500))
                    .connectionListener(() -> {}, causes::add)
                    .build()) {
                RecordingHandler handler = new RecordingHandler();
                behind.subscribe("tc-hanging", handler)
                        .active()
                        .toCompletableFuture()
                        .join();

                proxy.swallow();
                Awaitility.await("the loss is told to both")
                        .until(() -> handler.connectionsLost() > 0 && !causes.isEmpty());
                assertThat(causes.get(0)).hasMessage("Redis has not answered for PT0.5S");
                proxy.cut();
                proxy.restore(server.port());
                Awaitility.await("the return is told").until(() -> handler.connectionsRestored() > 0);
                publisher().publish(InvalidationEvent.of("tc-hanging", new Revision(7)));

                Awaitility.await("events flow again")
                        .until(() -> handler.revisions().contains("7"));
            } finally {
                behindProxy.destroy();
            }
        }
    }

    @Test
    void aConnectionThatAnswersIsKeptAndAskedAgain() {
        List<Throwable> causes = new CopyOnWriteArrayList<>();
        ManualScheduler time = new ManualScheduler();
        int before = asked();
        try (RedisTransport kept = RedisTransport.on(factory)
                .scheduler(time)
                .connectionListener(() -> {}, causes::add)
                .build()) {
            RecordingHandler handler = new RecordingHandler();
            kept.subscribe("kept", handler).active().toCompletableFuture().join();

            for (int beat = 1; beat <= 3; beat++) {
                int beats = beat;
                publisher().publish(InvalidationEvent.of("kept", new Revision(beat)));
                Awaitility.await("what came before it was heard, too")
                        .until(() -> handler.received().size() == beats);
                time.advance(Duration.ofSeconds(5));
                Awaitility.await("it is asked again").until(() -> asked() == before + 1 + beats);
            }

            assertThat(causes).isEmpty();
        }
    }

    @Test
    @DisplayName("TC-10: what a connection that was there cannot take any more fails, too")
    void anAnnouncementThatTheServerDoesNotTakeFails() {
        InvalidationPublisher publisher = publisher();
        publisher.publish(InvalidationEvent.of("prices", new Revision(1)));

        server.kill();

        assertThatThrownBy(() -> publisher.publish(InvalidationEvent.of("prices", new Revision(2))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the invalidation of topic \"prices\" was not announced");
    }

    private int asked() {
        try (RedisConnection connection = factory.getConnection()) {
            Properties stats = connection.serverCommands().info("commandstats");
            String calls = stats.getProperty("cmdstat_subscribe", "calls=0,");
            return Integer.parseInt(calls.replaceAll("calls=(\\d+),.*", "$1"));
        }
    }

    @Test
    void aSubscriptionWaitsForAServerThatIsNotThereYet() throws Exception {
        server.kill();
        List<Throwable> causes = new CopyOnWriteArrayList<>();
        try (RedisTransport early =
                listening(factory).connectionListener(() -> {}, causes::add).build()) {
            var active =
                    early.subscribe("early", new RecordingHandler()).active().toCompletableFuture();
            Awaitility.await("several attempts fail").until(() -> causes.size() > 2);
            assertThat(active).isNotDone();

            server.start();

            Awaitility.await("it is active").until(active::isDone);
            assertThat(active).isCompleted();
        }
    }

    @Test
    void aServerThatRefusesTheSubscriptionIsReported() throws Exception {
        server.answer("ACL SETUSER deaf on >secret +@all -subscribe ~* &*");
        RedisStandaloneConfiguration asDeaf = new RedisStandaloneConfiguration("127.0.0.1", server.port());
        asDeaf.setUsername("deaf");
        asDeaf.setPassword("secret");
        LettuceConnectionFactory deaf = RedisServer.factory(asDeaf);
        List<Throwable> causes = new CopyOnWriteArrayList<>();
        try (RedisTransport refused =
                listening(deaf).connectionListener(() -> {}, causes::add).build()) {
            refused.subscribe("refused", new RecordingHandler());

            Awaitility.await("it is told").until(() -> !causes.isEmpty());
            assertThat(causes.get(0)).hasMessageContaining("NOPERM");
        } finally {
            deaf.destroy();
        }
    }

    @Test
    void aFactoryThatStopsAndStartsAgainIsNoIncident() {
        List<Throwable> causes = new CopyOnWriteArrayList<>();
        try (RedisTransport paused =
                listening(factory).connectionListener(() -> {}, causes::add).build()) {
            RecordingHandler handler = new RecordingHandler();
            paused.subscribe("paused", handler).active().toCompletableFuture().join();

            factory.stop();
            Awaitility.await("the loss is told").until(() -> handler.connectionsLost() == 1);
            factory.start();

            Awaitility.await("the return is told").until(() -> handler.connectionsRestored() == 1);
            assertThat(causes).isEmpty();
        }
    }

    @Test
    void whatNamesNoTopicIsReportedOnceAndTellsNobody() {
        List<SyncErrorContext> errors = new CopyOnWriteArrayList<>();
        SyncListener listener = new SyncListener() {
            @Override
            public void onError(SyncErrorContext context) {
                errors.add(context);
            }
        };
        try (RedisTransport other = listening(factory).listener(listener).build()) {
            RecordingHandler handler = new RecordingHandler();
            other.subscribe("quiet", handler).active().toCompletableFuture().join();

            send("hello");

            Awaitility.await("it is reported").until(() -> errors.size() == 1);
            assertThat(errors.get(0).topic()).isNull();
            assertThat(errors.get(0).error()).hasMessageContaining("not strict JSON");
            assertThat(handler.malformed()).isEmpty();
        }
    }

    @Test
    @DisplayName("TC-09: applications on two channels do not hear each other")
    void applicationsOnTwoChannelsDoNotHearEachOther() {
        RedisChannel own = new RedisChannel("Geschäft 2");
        try (RedisTransport other = listening(factory).channel(own).build()) {
            RecordingHandler handler = new RecordingHandler();
            other.subscribe("prices", handler).active().toCompletableFuture().join();

            publisher().publish(InvalidationEvent.of("prices", new Revision(1)));
            new RedisPublisher(factory, own).publish(InvalidationEvent.of("prices", new Revision(2)));

            Awaitility.await().until(() -> !handler.received().isEmpty());
            assertThat(handler.revisions()).containsExactly("2");
        }
    }
}
