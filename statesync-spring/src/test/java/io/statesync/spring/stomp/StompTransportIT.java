package io.statesync.spring.stomp;

import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.spring.TestProxy;
import io.statesync.test.ServerTransportContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** The transport contract over Tomcat and a real WebSocket, behind a proxy that is cut when the server is killed. */
class StompTransportIT extends ServerTransportContract {

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private StompTestServer server;
    private TestProxy proxy;
    private StompTransport transport;

    @Override
    protected void open() throws Exception {
        server = new StompTestServer(0, HEARTBEAT);
        proxy = new TestProxy(server.port());
        transport = StompTransport.to(List.of("http://127.0.0.1:" + proxy.port()))
                .heartbeat(HEARTBEAT)
                .build();
    }

    @Override
    protected void close() throws Exception {
        transport.close();
        // a proxy that goes before the farewell is through leaves Tomcat's client waiting for an answer for ten seconds
        Awaitility.await("the server has heard the farewell").until(() -> connections() == 0);
        proxy.close();
        server.close();
    }

    @Override
    protected InvalidationSubscriber subscriber() {
        return transport;
    }

    @Override
    protected InvalidationPublisher publisher() {
        return event -> server.stomp().publish(event);
    }

    @Override
    protected void sendGarbage(String topic) {
        server.stomp().send(topic, "{\"revision\":5".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void killServer() throws Exception {
        proxy.cut();
        server.close();
    }

    @Override
    protected void startServer() throws Exception {
        server = new StompTestServer(0, HEARTBEAT);
        proxy.restore(server.port());
    }

    @Override
    protected int connections() {
        return server.stomp().sessions();
    }
}
