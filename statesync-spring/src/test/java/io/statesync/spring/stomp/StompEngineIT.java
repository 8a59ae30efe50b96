package io.statesync.spring.stomp;

import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.test.EngineProtocolContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The protocol's own cases (EN), over STOMP. */
class StompEngineIT extends EngineProtocolContract {

    private static StompTestServer server;
    private static StompTransport transport;

    @BeforeAll
    static void open() {
        server = new StompTestServer(0, Duration.ofSeconds(5));
        transport =
                StompTransport.to(List.of("http://127.0.0.1:" + server.port())).build();
    }

    @AfterAll
    static void close() {
        transport.close();
        server.close();
    }

    @Override
    protected InvalidationSubscriber subscriber() {
        return transport;
    }

    @Override
    protected InvalidationPublisher publisher() {
        return server.stomp();
    }
}
