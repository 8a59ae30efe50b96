package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.test.ManualScheduler;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;

class StompConnectionTest {

    @Test
    void aConnectionThatGetsNoThreadEndsSoThatItIsTriedAgain() {
        Error exhausted = new InternalError("no thread to be had");
        StompConnection.Terms terms = new StompConnection.Terms(
                new StandardWebSocketClient(),
                new ManualScheduler(),
                task -> {
                    throw exhausted;
                },
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                headers -> {},
                headers -> {});
        Ends ends = new Ends();

        new StompConnection(URI.create("ws://localhost/ws"), terms, ends).start();

        assertThat(ends.causes).containsExactly(exhausted);
    }

    private static final class Ends implements StompConnection.Owner {

        final List<Throwable> causes = new ArrayList<>();

        @Override
        public void connected(StompConnection connection) {
            throw new AssertionError("it never opened");
        }

        @Override
        public void confirmed(StompConnection connection, String receiptId) {
            throw new AssertionError("it never opened");
        }

        @Override
        public void message(StompConnection connection, @Nullable String subscriptionId, byte[] payload) {
            throw new AssertionError("it never opened");
        }

        @Override
        public void ended(StompConnection connection, Throwable cause) {
            causes.add(cause);
        }
    }
}
