package io.statesync.spring.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.Revision;
import io.statesync.spring.TestProxy;
import io.statesync.test.RecordingHandler;
import io.statesync.test.ServerTransportContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The transport contract over a broker that is killed with -9 and started again on the same data. */
class KafkaTransportIT extends ServerTransportContract {

    private static KafkaServer server;

    private KafkaTransport transport;
    private KafkaPublisher publisher;

    @BeforeAll
    static void startOnce() throws Exception {
        server = new KafkaServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Override
    protected void open() throws Exception {
        if (!server.isRunning()) {
            server.start();
        }
        transport = TestTransports.listening(server.clients()).build();
        publisher = TestTransports.announcing(server.clients(), KafkaChannel.DEFAULT);
    }

    @Override
    protected void close() {
        transport.close();
        publisher.close();
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
        byte[] payload = ("{\"topic\":\"" + topic + "\",\"revision\":5}").getBytes(StandardCharsets.UTF_8);
        TestTransports.send(server.clients(), KafkaChannel.DEFAULT.name(), payload);
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
        return server.consumers();
    }

    @Test
    @DisplayName("TC-06: a connection that swallows everything is noticed, and made anew")
    void aHangingConnectionIsNoticed() throws Exception {
        List<Throwable> causes = new CopyOnWriteArrayList<>();
        TestProxy proxy = server.proxy();
        try (KafkaTransport behind = TestTransports.listening(server.clientsOfProxy())
                .connectionListener(() -> {}, causes::add)
                .build()) {
            RecordingHandler handler = new RecordingHandler();
            behind.subscribe("tc-hanging", handler)
                    .active()
                    .toCompletableFuture()
                    .join();

            proxy.swallow();
            Awaitility.await("the loss is told").until(() -> handler.connectionsLost() == 1);
            assertThat(causes.get(0)).hasMessageContaining("Kafka has not answered for PT2S");
            proxy.cut();
            server.restoreProxy();
            Awaitility.await("the return is told").until(() -> handler.connectionsRestored() == 1);
            publisher().publish(InvalidationEvent.of("tc-hanging", new Revision(7)));

            Awaitility.await("events flow again")
                    .until(() -> handler.revisions().contains("7"));
        }
    }

    @Test
    void aSubscriptionAndAnAnnouncementWaitForABrokerThatIsNotThereYet() throws Exception {
        server.kill();
        List<Throwable> causes = new CopyOnWriteArrayList<>();
        try (KafkaTransport early = TestTransports.listening(server.clients())
                .connectionListener(() -> {}, causes::add)
                .build()) {
            RecordingHandler handler = new RecordingHandler();
            var active = early.subscribe("early", handler).active().toCompletableFuture();
            Awaitility.await("an attempt fails").until(() -> !causes.isEmpty());
            assertThat(active).isNotDone();
            assertThat(causes.get(0)).hasMessageContaining("Kafka has not answered for PT2S");

            server.start();
            Awaitility.await("it is active").until(active::isDone);
            assertThat(active).isCompleted();
            publisher.publish(InvalidationEvent.of("early", new Revision(3)));

            Awaitility.await("it arrives").until(() -> handler.revisions().contains("3"));
        }
    }
}
