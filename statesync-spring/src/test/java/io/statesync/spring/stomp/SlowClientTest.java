package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.spring.TopicAccess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;

/** A broker whose clients take an event slowly, or not at all. */
class SlowClientTest {

    private static final byte[] EVENT = "{}".getBytes(StandardCharsets.UTF_8);

    private final StompBroker broker = new StompBroker(
            new Admission(StompTestServer.exposed(), TopicAccess.EVERYBODY, StompMessageRule.NONE),
            StompServerSettings.of("/statesync", List.of()));
    private final CountDownLatch patience = new CountDownLatch(1);

    @BeforeEach
    void start() {
        broker.start();
    }

    @AfterEach
    void stop() {
        patience.countDown();
        broker.stop();
    }

    @Test
    void theOthersHearEveryEventWhileItsWriterWaits() throws Exception {
        FakeSocket slow = subscribed();
        slow.beforeEach(command -> patience.await());
        List<FakeSocket> quick = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            quick.add(subscribed());
        }

        broker.send("prices", EVENT);
        broker.send("prices", EVENT);

        for (FakeSocket each : quick) {
            await().until(() -> each.received("MESSAGE") == 2);
        }
        assertThat(slow.received("MESSAGE")).isZero();
        patience.countDown();
        await().until(() -> slow.received("MESSAGE") == 2);
    }

    @Test
    void whoseSocketIsBrokenIsSentAwayAndTheOthersHear() throws Exception {
        FakeSocket broken = subscribed();
        broken.beforeEach(command -> {
            throw new IllegalStateException("broken");
        });
        FakeSocket well = subscribed();

        broker.send("prices", EVENT);

        await().until(() -> well.received("MESSAGE") == 1 && !broken.isOpen());
        assertThat(broker.sockets().getStats().getWebSocketSessions()).isEqualTo(1);
    }

    private FakeSocket subscribed() throws Exception {
        FakeSocket socket = new FakeSocket(this::closed);
        broker.sockets().afterConnectionEstablished(socket);
        say(socket, "CONNECT\naccept-version:1.2\nhost:x\n\n\0");
        say(socket, "SUBSCRIBE\nid:1\nreceipt:r\ndestination:" + Destinations.of("prices") + "\n\n\0");
        await().until(() -> socket.received("RECEIPT") == 1);
        return socket;
    }

    private void say(FakeSocket socket, String frame) throws Exception {
        broker.sockets().handleMessage(socket, new TextMessage(frame));
    }

    private void closed(FakeSocket socket, CloseStatus status) {
        try {
            broker.sockets().afterConnectionClosed(socket, status);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
