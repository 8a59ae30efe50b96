package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.statesync.spring.Fuzz;
import io.statesync.spring.TopicAccess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;

/** Strangers at the STOMP server, without sockets: the server's own handlers, channels and broker. */
class StompServerFuzzTest {

    private static final int INPUTS = 60_000;
    private static final int STRANGERS = 20;
    private static final String[] TOPICS = {"prices", "feature.flags", StompTestServer.HIDDEN};

    private final Fuzz fuzz = new Fuzz("the STOMP server", INPUTS);
    private final FuzzedFrames frames = new FuzzedFrames(fuzz, TOPICS);
    private final StompBroker broker = new StompBroker(
            new Admission(StompTestServer.exposed(), TopicAccess.EVERYBODY, StompMessageRule.NONE),
            StompServerSettings.of("/statesync", List.of()));
    private final WebSocketHandler handler = broker.sockets();

    /** Strangers that began well, and mostly go on so. */
    private final Set<FakeSocket> guests = new HashSet<>();

    @AfterEach
    void stop() {
        broker.stop();
        fuzz.close();
    }

    @Test
    void strangersHarmNobodyAndLeaveNothingBehind() throws Exception {
        broker.start();
        FakeSocket friend = connected();
        say(friend, "SUBSCRIBE\nid:1\nreceipt:r\ndestination:" + Destinations.of("prices") + "\n\n\0");
        await().until(() -> friend.received("RECEIPT") == 1);
        List<FakeSocket> strangers = new ArrayList<>();
        int[] announced = {0};

        fuzz.play(number -> {
            if (strangers.size() < STRANGERS) {
                strangers.add(fuzz.oneIn(2) ? opened() : connected());
            }
            FakeSocket stranger = strangers.get(fuzz.below(strangers.size()));
            boolean polite = guests.contains(stranger) && !fuzz.oneIn(50);
            handler.handleMessage(stranger, polite ? new TextMessage(frames.polite()) : frames.message());
            if (fuzz.oneIn(300)) {
                stranger.close();
            }
            strangers.removeIf(each -> !each.isOpen());
            guests.retainAll(strangers);
            if (number % 500 == 0) {
                broker.send("prices", "{}".getBytes(StandardCharsets.UTF_8));
                broker.send("feature.flags", "{}".getBytes(StandardCharsets.UTF_8));
                announced[0]++;
            }
        });
        assertThat(strangers).anyMatch(stranger -> stranger.received("MESSAGE") > 0);
        strangers.forEach(FakeSocket::close);

        await().until(() -> friend.received("MESSAGE") == announced[0]);
        await().until(() -> broker.sockets().getStats().getWebSocketSessions() == 1);
        // a refused session ends on the thread that wrote the refusal
        await().until(() -> subscribers("prices") == 1 && subscribers("feature.flags") == 0);
        friend.close();
        assertThat(subscribers("prices")).isZero();
        assertThat(broker.sockets().getStats().getWebSocketSessions()).isZero();
        assertThat(fuzz.loud()).isEmpty();
        fuzz.assertNoGrowth();
    }

    @Test
    void aSessionMayNotHaveMoreSubscriptionsThanThereMayBeTopics() throws Exception {
        broker.start();
        FakeSocket greedy = connected();
        for (int i = 0; greedy.isOpen(); i++) {
            say(greedy, "SUBSCRIBE\nid:" + i + "\ndestination:" + Destinations.of("prices") + "\n\n\0");
            assertThat(i).isLessThanOrEqualTo(StompScreen.MAX_SUBSCRIPTIONS);
        }
        assertThat(subscribers("prices")).isZero();
    }

    @Test
    void aFrameThatNeverEndsEndsItsSession() throws Exception {
        broker.start();
        FakeSocket endless = opened();
        say(endless, "SEND\n");
        for (int i = 0; endless.isOpen(); i++) {
            say(endless, "header:" + "x".repeat(1_000) + "\n");
            assertThat(i).isLessThanOrEqualTo(StompScreen.MAX_FRAME / 1_000);
        }
        assertThat(endless.received("ERROR")).isEqualTo(1);
    }

    private FakeSocket opened() throws Exception {
        FakeSocket socket = new FakeSocket(this::closed);
        handler.afterConnectionEstablished(socket);
        return socket;
    }

    private FakeSocket connected() throws Exception {
        FakeSocket socket = opened();
        say(socket, "CONNECT\naccept-version:1.2\nhost:x\n\n\0");
        guests.add(socket);
        return socket;
    }

    private void closed(FakeSocket socket, CloseStatus status) {
        assertThatCode(() -> handler.afterConnectionClosed(socket, status)).doesNotThrowAnyException();
    }

    private void say(FakeSocket socket, String frame) throws Exception {
        handler.handleMessage(socket, new TextMessage(frame));
    }

    private int subscribers(String topic) {
        SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
        headers.setDestination(Destinations.of(topic));
        return broker
                .subscriptions()
                .findSubscriptions(MessageBuilder.createMessage(new byte[0], headers.getMessageHeaders()))
                .values()
                .stream()
                .mapToInt(List::size)
                .sum();
    }
}
