package io.statesync.spring.stomp;

import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompEncoder;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.web.socket.TextMessage;

/** The frames that a client sends. */
final class StompFrames {

    private static final StompEncoder ENCODER = new StompEncoder();
    private static final byte[] NO_BODY = new byte[0];

    private StompFrames() {}

    static TextMessage connect(String host, Duration heartbeat, Consumer<? super StompHeaders> customizer) {
        StompHeaderAccessor frame = StompHeaderAccessor.create(StompCommand.CONNECT);
        frame.setAcceptVersion("1.2,1.1");
        frame.setHost(host);
        frame.setHeartbeat(heartbeat.toMillis(), heartbeat.toMillis());
        StompHeaders own = new StompHeaders();
        customizer.accept(own);
        frame.addNativeHeaders(own);
        return encode(frame);
    }

    /** The id is also the receipt's id, so that a receipt or an ERROR names its subscription. */
    static TextMessage subscribe(String id, String topic) {
        StompHeaderAccessor frame = StompHeaderAccessor.create(StompCommand.SUBSCRIBE);
        frame.setSubscriptionId(id);
        frame.setReceipt(id);
        frame.setDestination(Destinations.of(topic));
        return encode(frame);
    }

    static TextMessage unsubscribe(String id) {
        StompHeaderAccessor frame = StompHeaderAccessor.create(StompCommand.UNSUBSCRIBE);
        frame.setSubscriptionId(id);
        return encode(frame);
    }

    /** With a receipt: without one, the simple broker answers a farewell with an ERROR. */
    static TextMessage disconnect() {
        StompHeaderAccessor frame = StompHeaderAccessor.create(StompCommand.DISCONNECT);
        frame.setReceipt("bye");
        return encode(frame);
    }

    static TextMessage heartbeat() {
        return new TextMessage("\n");
    }

    private static TextMessage encode(StompHeaderAccessor frame) {
        return new TextMessage(ENCODER.encode(frame.getMessageHeaders(), NO_BODY));
    }
}
