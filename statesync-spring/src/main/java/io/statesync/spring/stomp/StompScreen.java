package io.statesync.spring.stomp;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.stomp.BufferingStompDecoder;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompDecoder;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;

/**
 * What one session has said so far, as far as it bounds what it may say: no more than a frame that is not complete, whether
 * it is connected, and the ids of its subscriptions. Used by one thread at a time, its farewell and last word by any.
 */
final class StompScreen {

    /** The largest frame, in bytes. */
    static final int MAX_FRAME = 16 * 1024;

    /** A replica has one per topic. */
    static final int MAX_SUBSCRIPTIONS = 16 * 1024;

    private static final int MAX_ID = 255;

    private final BufferingStompDecoder decoder = new BufferingStompDecoder(new StompDecoder(), MAX_FRAME);
    private final Set<String> subscriptions = new HashSet<>();
    private final Farewell farewell = new Farewell();
    private final LastWord lastWord = new LastWord();
    private boolean connected;

    Farewell farewell() {
        return farewell;
    }

    LastWord lastWord() {
        return lastWord;
    }

    /**
     * The frames that the message completes.
     *
     * @throws Refused if the session has to end; its message says why, and nothing of what the client sent but for the
     *     receipt id of the frame, by which it knows which one was meant
     */
    List<Message<byte[]>> frames(WebSocketMessage<?> message) throws Refused {
        List<Message<byte[]>> frames = decoded(message);
        for (Message<byte[]> frame : frames) {
            StompHeaderAccessor headers = MessageHeaderAccessor.getAccessor(frame, StompHeaderAccessor.class);
            if (headers != null && holdsNul(headers)) {
                // its receipt would come back as the end of our own frame
                throw new Refused("this is no STOMP: a header holds NUL", null);
            }
            String refusal = refusalOf(headers);
            if (refusal != null) {
                throw new Refused(refusal, headers == null ? null : headers.getReceipt());
            }
        }
        return frames;
    }

    private List<Message<byte[]>> decoded(WebSocketMessage<?> message) throws Refused {
        ByteBuffer bytes;
        if (message instanceof TextMessage text) {
            bytes = ByteBuffer.wrap(text.asBytes());
        } else if (message instanceof BinaryMessage binary) {
            bytes = binary.getPayload();
        } else {
            return List.of();
        }
        if (bytes.remaining() > MAX_FRAME) {
            throw new Refused("a message may have " + MAX_FRAME + " bytes at the most", null);
        }
        try {
            return decoder.decode(bytes);
        } catch (RuntimeException e) {
            throw new Refused("this is no STOMP, or a frame of more than " + MAX_FRAME + " bytes", null);
        }
    }

    private static boolean holdsNul(StompHeaderAccessor frame) {
        return frame.toNativeHeaderMap().values().stream()
                .flatMap(List::stream)
                .anyMatch(value -> value != null && value.indexOf('\0') >= 0);
    }

    private @Nullable String refusalOf(@Nullable StompHeaderAccessor frame) {
        StompCommand command = frame == null ? null : frame.getCommand();
        boolean connecting = command == StompCommand.CONNECT || command == StompCommand.STOMP;
        if (connecting == connected) {
            return connected ? "a session connects once" : "a session begins with CONNECT";
        }
        if (frame == null || command == null) {
            return null;
        }
        if (connecting) {
            connected = true;
            return refusalOfConnect(frame);
        }
        return switch (command) {
            case SUBSCRIBE -> refusalOfSubscribe(frame.getSubscriptionId());
            case UNSUBSCRIBE -> refusalOfUnsubscribe(frame.getSubscriptionId());
            default -> null;
        };
    }

    private static @Nullable String refusalOfConnect(StompHeaderAccessor frame) {
        try {
            frame.getHeartbeat();
        } catch (RuntimeException e) {
            return "heart-beat must be two numbers of milliseconds, such as 5000,5000";
        }
        Set<String> versions = frame.getAcceptVersion();
        return versions.isEmpty() || versions.contains("1.2") || versions.contains("1.1")
                ? null
                : "the versions 1.2 and 1.1 of STOMP are spoken here";
    }

    private @Nullable String refusalOfSubscribe(@Nullable String id) {
        if (id == null || id.length() > MAX_ID) {
            return "SUBSCRIBE needs an id of " + MAX_ID + " characters at the most";
        }
        if (subscriptions.size() >= MAX_SUBSCRIPTIONS) {
            return "a session may have " + MAX_SUBSCRIPTIONS + " subscriptions at the most";
        }
        // the broker would go on sending to where the id was first
        return subscriptions.add(id) ? null : "this id is the one of another subscription";
    }

    private @Nullable String refusalOfUnsubscribe(@Nullable String id) {
        if (id == null) {
            return "UNSUBSCRIBE needs an id";
        }
        subscriptions.remove(id);
        return null;
    }

    /** The session has to end. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final @Nullable String receipt;

        Refused(String message, @Nullable String receipt) {
            super(message);
            this.receipt = receipt;
        }

        /** The receipt id of the frame that is refused, if it has one. */
        @Nullable
        String receipt() {
            return receipt;
        }
    }
}
