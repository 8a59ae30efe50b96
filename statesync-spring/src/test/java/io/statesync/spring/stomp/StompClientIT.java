package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.Subscription;
import io.statesync.policy.Scheduler;
import io.statesync.spring.TestProxy;
import io.statesync.test.RecordingHandler;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The client's own behaviour, against a real server behind a proxy in the test's hand. */
class StompClientIT {

    private static final Duration HEARTBEAT = Duration.ofMillis(200);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private StompTestServer server;
    private TestProxy proxy;

    @BeforeEach
    void open() throws Exception {
        server = new StompTestServer(0, HEARTBEAT);
        proxy = new TestProxy(server.port());
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
        server.close();
    }

    @Test
    @DisplayName("TC-06: a connection that hangs without closing is noticed by its heart-beat, and told once")
    void aConnectionThatHangsIsNoticed() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        try (StompTransport transport = to(proxy.port()).heartbeat(HEARTBEAT).build()) {
            active(transport.subscribe("prices", handler));

            proxy.swallow();

            Awaitility.await("the loss is told").until(() -> handler.connectionsLost() == 1);
            assertThat(transport.connection().lastError()).hasMessageContaining("no sign of life");
            proxy.cut();
            proxy.restore(server.port());
            Awaitility.await("the return is told").until(() -> handler.connectionsRestored() == 1);
            assertThat(handler.connectionsLost()).isEqualTo(1);
        }
    }

    @Test
    void aQuietConnectionIsKeptByHeartbeats() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        try (StompTransport transport = to(proxy.port()).heartbeat(HEARTBEAT).build()) {
            active(transport.subscribe("prices", handler));
            CountDownLatch eightBeats = new CountDownLatch(1);
            Scheduler.system().schedule(eightBeats::countDown, HEARTBEAT.multipliedBy(8));

            assertThat(eightBeats.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(handler.connectionsLost()).isZero();
            assertThat(transport.connection().connected()).isTrue();
        }
    }

    @Test
    void oneRefusedTopicFailsAloneAndDoesNotDisturbTheOthersAgain() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        try (StompTransport transport = to(server.port()).build()) {
            Subscription good = transport.subscribe("prices", handler);
            Subscription bad = transport.subscribe("hidden-salaries", new RecordingHandler());
            Subscription better = transport.subscribe("flags", new RecordingHandler());

            assertThatThrownBy(() -> active(bad))
                    .hasCauseInstanceOf(StompRefusalException.class)
                    .hasMessageContaining("ws://127.0.0.1:" + server.port() + "/statesync/ws")
                    .hasMessageContaining("\"hidden-salaries\"")
                    .hasMessageContaining("is exposed here");
            active(good);
            active(better);
            Awaitility.await("the others are back")
                    .until(() -> transport.connection().connected()
                            && handler.connectionsLost() == handler.connectionsRestored());
            int losses = handler.connectionsLost();

            assertThatThrownBy(() -> active(transport.subscribe("hidden-salaries", new RecordingHandler())))
                    .hasCauseInstanceOf(StompRefusalException.class);

            server.stomp().publish(InvalidationEvent.of("prices", new Revision(1)));
            Awaitility.await("events flow").until(() -> !handler.received().isEmpty());
            assertThat(handler.connectionsLost()).isEqualTo(losses);
        }
    }

    @Test
    void aTopicThatIsRefusedLaterComesBackWhenItIsExposedAgain() throws Exception {
        RecordingHandler prices = new RecordingHandler();
        RecordingHandler flags = new RecordingHandler();
        try (StompTransport transport = to(proxy.port()).build()) {
            active(transport.subscribe("prices", prices));
            active(transport.subscribe("flags", flags));

            StompTestServer.WITHDRAWN.add("flags");
            proxy.cut();
            Awaitility.await("the loss is told").until(() -> flags.connectionsLost() == 1);
            proxy.restore(server.port());
            Awaitility.await("the main connection holds")
                    .until(() -> server.stomp().sessions() >= 1
                            && prices.connectionsRestored() >= 1
                            && prices.connectionsRestored() == prices.connectionsLost());
            assertThat(flags.connectionsRestored()).isZero();

            StompTestServer.WITHDRAWN.clear();
            Awaitility.await("the topic is back")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> flags.connectionsRestored() == 1);
            server.stomp().publish(InvalidationEvent.of("flags", new Revision(1)));
            Awaitility.await("its events flow").until(() -> flags.received().size() == 1);
            assertThat(flags.connectionsLost()).isEqualTo(1);
        } finally {
            StompTestServer.WITHDRAWN.clear();
        }
    }

    @Test
    void aTransportWaitsForItsSourceAndTellsWhatIsWrong() throws Exception {
        int port = server.port();
        server.close();
        proxy.cut();
        RecordingHandler handler = new RecordingHandler();
        try (StompTransport transport =
                to(proxy.port()).connectionListener(new Told()).build()) {
            CompletableFuture<Void> active =
                    transport.subscribe("prices", handler).active().toCompletableFuture();

            Awaitility.await("some attempts fail")
                    .until(() -> transport.connection().failures() >= 2);
            assertThat(transport.connection().connected()).isFalse();
            assertThat(transport.connection().url())
                    .isEqualTo(URI.create("ws://127.0.0.1:" + proxy.port() + "/statesync/ws"));
            assertThat(transport.connection().lastError()).isNotNull();
            assertThat(active).isNotDone();
            assertThat(handler.connectionsLost()).isZero();

            server = new StompTestServer(port, HEARTBEAT);
            proxy.restore(port);

            active.get(30, TimeUnit.SECONDS);
            assertThat(transport.connection().lastError()).isNull();
            Awaitility.await("it was told").until(() -> told.contains("connected"));
            assertThat(told).startsWith("failed 1", "failed 2").endsWith("connected");
        }
    }

    @Test
    void theNextUrlIsTriedWhenOneDies() throws Exception {
        int dead;
        try (ServerSocket free = new ServerSocket(0)) {
            dead = free.getLocalPort();
        }
        RecordingHandler handler = new RecordingHandler();
        try (StompTestServer twin = new StompTestServer(0, HEARTBEAT);
                StompTransport transport = StompTransport.to(List.of(
                                "http://127.0.0.1:" + dead,
                                "http://127.0.0.1:" + proxy.port(),
                                "ws://127.0.0.1:" + twin.port() + "/statesync/ws"))
                        .build()) {
            active(transport.subscribe("prices", handler));

            proxy.cut();

            Awaitility.await("the twin serves").until(() -> handler.connectionsRestored() == 1);
            twin.stomp().publish(InvalidationEvent.of("prices", new Revision(1)));
            Awaitility.await("its events arrive").until(() -> handler.received().size() == 1);
        }
    }

    @Test
    void theConnectionEndsAWhileAfterTheLastSubscriptionAndComesBackWithTheNext() throws Exception {
        try (StompTransport transport =
                to(server.port()).idleTimeout(Duration.ofMillis(50)).build()) {
            Subscription first = transport.subscribe("prices", new RecordingHandler());
            active(first);
            assertThat(server.stomp().sessions()).isEqualTo(1);

            first.close();
            Awaitility.await("it ends").until(() -> server.stomp().sessions() == 0);

            active(transport.subscribe("prices", new RecordingHandler()));
            assertThat(server.stomp().sessions()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("TC-08: a hundred transports opened and closed leave nothing behind")
    void aHundredTransportsLeaveNothingBehind() throws Exception {
        for (int i = 0; i < 100; i++) {
            try (StompTransport transport = to(server.port()).build()) {
                active(transport.subscribe("prices", new RecordingHandler()));
            }
        }

        Awaitility.await("their sessions end").until(() -> server.stomp().sessions() == 0);
        Awaitility.await("their threads end")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    @Test
    void aClosedTransportFailsWhatIsPendingAndTakesNothingMore() throws Exception {
        proxy.cut();
        StompTransport transport = to(proxy.port()).build();
        Subscription pending = transport.subscribe("prices", new RecordingHandler());

        transport.close();
        transport.close();

        assertThatThrownBy(() -> active(pending)).hasMessageContaining("prices").hasMessageContaining("closed");
        assertThatThrownBy(() -> transport.subscribe("prices", new RecordingHandler()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("prices");
    }

    @Test
    void credentialsAreAddedToEachHandshakeAndConnect() throws Exception {
        List<String> asked = new ArrayList<>();
        try (StompTransport transport = to(server.port())
                .handshakeHeaders(headers -> {
                    headers.add("Authorization", "Bearer fresh");
                    asked.add("handshake");
                })
                .connectHeaders(headers -> {
                    headers.setLogin("replica");
                    asked.add("connect");
                })
                .build()) {
            active(transport.subscribe("prices", new RecordingHandler()));
        }

        assertThat(asked).containsExactly("handshake", "connect");
    }

    private static StompTransportBuilder to(int port) {
        return StompTransport.to(List.of("http://127.0.0.1:" + port));
    }

    private static void active(Subscription subscription) throws Exception {
        try {
            subscription.active().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause().getMessage(), e.getCause());
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("WebSocketClient") || name.startsWith("statesync-stomp-source"))
                .toList();
    }

    private final class Told implements StompConnectionListener {

        @Override
        public void onConnected(URI url) {
            told.add("connected");
        }

        @Override
        public void onConnectionLost(URI url, Throwable cause) {
            told.add("lost");
        }

        @Override
        public void onConnectFailed(URI url, Throwable cause, int failures, Duration nextDelay) {
            told.add("failed " + failures);
        }
    }
}
