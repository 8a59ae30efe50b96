package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.memory.InMemoryTransport;
import io.statesync.test.RecordingHandler;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server answers to any client, in raw frames. */
class StompServerIT {

    private static StompTestServer server;

    @BeforeAll
    static void open() {
        server = new StompTestServer(0, Duration.ofSeconds(5));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void aSubscriptionIsConfirmedByReceiptAndHearsEventsAsJson() throws Exception {
        try (RawStomp client = new RawStomp(server.port()).connect()) {
            client.subscribe("1", "/topic/statesync.prices");
            assertThat(client.await("RECEIPT")).contains("receipt-id:r-1");

            server.stomp().publish(InvalidationEvent.of("prices", new Revision(42)));

            assertThat(client.await("MESSAGE"))
                    .contains("destination:/topic/statesync.prices")
                    .contains("content-type:application/json")
                    .contains("{\"topic\":\"prices\",\"revision\":\"42\"}");
        }
    }

    @Test
    void heartbeatsAreOffered() throws Exception {
        try (RawStomp client = new RawStomp(server.port()).connect()) {
            assertThat(client.await("CONNECTED")).contains("heart-beat:5000,5000");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topic/*",
                "/topic/**",
                "/**",
                "/topic/statesync.*",
                "/topic/statesync.price?",
                "/topic/statesync.{name}",
                "/topic/{a:statesync.*}",
                "//topic//statesync.*",
                "/topic/statesync.~6",
                "/topic/statesync.",
                "/topic/statesync.~70rices",
                "/topic/other",
                "/queue/x",
                "/user/queue/x"
            })
    void whatIsNoExactDestinationIsRefused(String destination) throws Exception {
        try (RawStomp client = new RawStomp(server.port()).connect()) {
            client.subscribe("1", destination);

            assertThat(client.await("ERROR"))
                    .contains("receipt-id:r-1")
                    .contains("subscribe to exact destinations /topic/statesync.<topic> only");
            Awaitility.await("the connection ends").until(client::closed);
        }
    }

    @Test
    @DisplayName("a topic that is not exposed is refused in the same words as an unknown one")
    void aTopicThatIsNotExposedDoesNotExist() throws Exception {
        try (RawStomp client = new RawStomp(server.port()).connect()) {
            client.subscribe("7", "/topic/statesync.hidden-salaries");

            assertThat(client.await("ERROR"))
                    .contains("receipt-id:r-7")
                    .contains("no topic \"hidden-salaries\" is exposed here");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SEND", "MESSAGE"})
    @DisplayName("a client that sends is refused, and no replica hears it")
    void aClientThatSendsIsRefused(String command) throws Exception {
        RecordingHandler replica = new RecordingHandler();
        try (StompTransport transport = transport();
                RawStomp client = new RawStomp(server.port()).connect()) {
            transport
                    .subscribe("prices", replica)
                    .active()
                    .toCompletableFuture()
                    .join();

            client.send(command + "\ndestination:/topic/statesync.prices\nsubscription:1\nmessage-id:1\nreceipt:r-9\n\n"
                    + "{\"topic\":\"prices\",\"revision\":\"99\"}");

            assertThat(client.await("ERROR")).contains("receipt-id:r-9").contains("clients cannot send to StateSync");
            server.stomp().publish(InvalidationEvent.of("prices", new Revision(1)));
            Awaitility.await("an event behind it")
                    .until(() -> !replica.received().isEmpty());
            assertThat(replica.revisions()).containsExactly("1");
        }
    }

    @Test
    void aFrameThatIsNoStompEndsOneSessionOnly() throws Exception {
        try (RawStomp good = new RawStomp(server.port()).connect();
                RawStomp bad = new RawStomp(server.port()).connect()) {
            bad.send("NONSENSE\n\n");
            bad.await("ERROR");

            good.subscribe("1", "/topic/statesync.prices");
            good.await("RECEIPT");
        }
    }

    @Test
    void pagesOfOtherOriginsMayNotConnectUnlessTheyAreNamed() throws Exception {
        assertThatThrownBy(() -> new RawStomp(server.port(), "/statesync/ws", "Origin", "https://evil.example").close())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
        new RawStomp(server.port(), "/statesync/ws", "Origin", "https://friend.example")
                .connect()
                .close();
        new RawStomp(server.port(), "/statesync/ws", "Origin", "http://127.0.0.1:" + server.port())
                .connect()
                .close();
    }

    @Test
    void aServerThatIsStoppedRefusesAndStartsAgain() throws Exception {
        try (StompTestServer own = new StompTestServer(0, Duration.ofSeconds(5));
                RawStomp client = new RawStomp(own.port()).connect()) {
            own.stomp().stop();
            Awaitility.await("its sessions end").until(client::closed);
            assertThatThrownBy(() -> new RawStomp(own.port()).close())
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);
            assertThatThrownBy(() -> own.stomp().publish(InvalidationEvent.of("prices", Revision.ZERO)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("prices");

            own.stomp().start();

            try (RawStomp again = new RawStomp(own.port()).connect()) {
                again.subscribe("1", "/topic/statesync.prices");
                again.await("RECEIPT");
                assertThat(own.stomp().sessions()).isEqualTo(1);
            }
        }
    }

    @Test
    @DisplayName("TC-09: two servers with a channel each do not mix; two exposures of one channel both forward")
    void exposuresForwardTheirOwnChannel() throws Exception {
        InMemoryTransport shared = new InMemoryTransport();
        InMemoryTransport separate = new InMemoryTransport();
        RecordingHandler first = new RecordingHandler();
        RecordingHandler second = new RecordingHandler();
        try (StompTestServer other = new StompTestServer(0, Duration.ofSeconds(5));
                StompTransport here = transport();
                StompTransport there = transport(other)) {
            StompExposure exposureHere = new StompExposure(shared, List.of("prices"), server.stomp());
            StompExposure exposureThere = new StompExposure(shared, List.of("prices", "flags"), other.stomp());
            StompExposure apart = new StompExposure(separate, List.of("prices"), other.stomp());
            exposureHere.start();
            exposureThere.start();
            here.subscribe("prices", first).active().toCompletableFuture().join();
            there.subscribe("prices", second).active().toCompletableFuture().join();

            shared.publish(InvalidationEvent.of("prices", new Revision(1)));
            Awaitility.await()
                    .until(() ->
                            first.received().size() == 1 && second.received().size() == 1);
            apart.start();
            exposureThere.stop();
            separate.publish(InvalidationEvent.of("prices", new Revision(2)));
            shared.publish(InvalidationEvent.of("prices", new Revision(3)));

            Awaitility.await()
                    .until(() ->
                            first.received().size() == 2 && second.received().size() == 2);
            assertThat(first.revisions()).containsExactly("1", "3");
            assertThat(second.revisions()).containsExactly("1", "2");
            exposureHere.stop();
            apart.stop();
            assertThat(shared.subscriptions() + separate.subscriptions()).isZero();
        }
    }

    private static StompTransport transport() {
        return transport(server);
    }

    private static StompTransport transport(StompTestServer to) {
        return StompTransport.to(List.of("http://127.0.0.1:" + to.port())).build();
    }
}
