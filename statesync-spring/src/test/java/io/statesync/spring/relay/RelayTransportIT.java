package io.statesync.spring.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.Revision;
import io.statesync.policy.Scheduler;
import io.statesync.spring.TestProxy;
import io.statesync.test.RecordingHandler;
import io.statesync.test.ServerTransportContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;

/** The transport contract over an Artemis that is killed with -9 and started again. */
class RelayTransportIT extends ServerTransportContract {

    private static final Duration HEARTBEAT = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private static ArtemisServer server;

    private RelayTransport transport;
    private RelayPublisher publisher;

    @BeforeAll
    static void startOnce() throws Exception {
        server = new ArtemisServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected void open() {
        transport = RelayTransport.over(broker(server.port())).build();
        publisher = new RelayPublisher(broker(server.port()), Scheduler.system());
    }

    @Override
    protected void close() {
        transport.close();
        publisher.close();
        // not when the next test opens: the thread that reads the broker's output is none of the transport's
        if (!server.isRunning()) {
            server.start();
        }
    }

    private static RelayBroker broker(int port) {
        return RelayBroker.at("127.0.0.1", port).withTimes(HEARTBEAT, ANSWER);
    }

    @Override
    protected InvalidationSubscriber subscriber() {
        return transport;
    }

    @Override
    protected InvalidationPublisher publisher() {
        return publisher;
    }

    @Override
    protected void sendGarbage(String topic) {
        StompHeaderAccessor frame = StompHeaderAccessor.create(StompCommand.SEND);
        frame.setDestination(RelayBroker.DEFAULT_DESTINATION);
        byte[] garbage = ("{\"topic\":\"" + topic + "\",\"revision\":5}").getBytes(StandardCharsets.UTF_8);
        try (RelayConnection connection =
                RelayConnection.open(broker(server.port()), Duration.ZERO).connection()) {
            connection.confirmed(frame, "garbage", garbage, ANSWER);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected void killServer() {
        server.kill();
    }

    @Override
    protected void startServer() {
        server.start();
    }

    @Override
    protected int connections() {
        return server.connections();
    }

    @Test
    @DisplayName("TC-06: a connection that swallows everything is noticed, and made anew")
    void aHangingConnectionIsNoticed() throws Exception {
        List<Throwable> causes = new CopyOnWriteArrayList<>();
        try (TestProxy proxy = new TestProxy(server.port());
                RelayTransport behind = RelayTransport.over(broker(proxy.port()))
                        .connectionListener(() -> {}, causes::add)
                        .build()) {
            RecordingHandler handler = new RecordingHandler();
            behind.subscribe("tc-hanging", handler)
                    .active()
                    .toCompletableFuture()
                    .join();

            proxy.swallow();
            Awaitility.await("the loss is told to both")
                    .until(() -> handler.connectionsLost() == 1 && !causes.isEmpty());
            assertThat(causes.get(0)).hasMessageContaining("no sign of life of the broker for ");
            proxy.cut();
            proxy.restore(server.port());
            Awaitility.await("the return is told").until(() -> handler.connectionsRestored() == 1);
            publisher().publish(InvalidationEvent.of("tc-hanging", new Revision(7)));

            Awaitility.await("events flow again")
                    .until(() -> handler.revisions().contains("7"));
        }
    }

    @Test
    @DisplayName("TC-10: a broker that does not answer is an error to the publisher, and holds up one caller only")
    void aBrokerThatDoesNotAnswerIsAnError() throws Exception {
        try (TestProxy proxy = new TestProxy(server.port());
                RelayPublisher behind = new RelayPublisher(broker(proxy.port()), Scheduler.system())) {
            behind.publish(InvalidationEvent.of("tc-silent", new Revision(1)));
            proxy.swallow();

            assertThat(refusal(behind, 2))
                    .hasMessageContaining("tc-silent")
                    .hasRootCauseMessage("no RECEIPT within 2000 ms");
            assertThat(refusal(behind, 3)).hasRootCauseMessage("it has just not answered for 2000 ms");
            proxy.cut();
            proxy.restore(server.port());

            Awaitility.await("it answers again")
                    .untilAsserted(() -> assertThat(refusal(behind, 4)).isNull());
        }
    }

    private static Throwable refusal(RelayPublisher publisher, long revision) {
        try {
            publisher.publish(InvalidationEvent.of("tc-silent", new Revision(revision)));
            return null;
        } catch (IllegalStateException e) {
            return e;
        }
    }

    @Test
    void aConnectionWithoutTrafficLivesByItsHeartbeats() {
        RecordingHandler handler = new RecordingHandler();
        transport.subscribe("quiet", handler).active().toCompletableFuture().join();
        long since = System.nanoTime();

        Awaitility.await("several times the broker's patience")
                .until(() ->
                        System.nanoTime() - since > HEARTBEAT.multipliedBy(8).toNanos());
        publisher.publish(InvalidationEvent.of("quiet", new Revision(1)));

        Awaitility.await("it is heard").until(() -> handler.revisions().contains("1"));
        assertThat(handler.connectionsLost()).isZero();
    }

    @Test
    @DisplayName("TC-09: applications on two destinations do not hear each other")
    void applicationsOnTwoDestinationsDoNotHearEachOther() {
        RelayBroker own = broker(server.port()).withDestination("/topic/other");
        try (RelayTransport other = RelayTransport.over(own).build();
                RelayPublisher there = new RelayPublisher(own, Scheduler.system())) {
            RecordingHandler handler = new RecordingHandler();
            other.subscribe("prices", handler).active().toCompletableFuture().join();

            publisher.publish(InvalidationEvent.of("prices", new Revision(1)));
            there.publish(InvalidationEvent.of("prices", new Revision(2)));

            Awaitility.await().until(() -> !handler.received().isEmpty());
            assertThat(handler.revisions()).containsExactly("2");
        }
    }
}
