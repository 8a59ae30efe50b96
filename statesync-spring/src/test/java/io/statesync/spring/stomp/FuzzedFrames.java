package io.statesync.spring.stomp;

import io.statesync.spring.Fuzz;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;

/** What a stranger may say: valid frames in any order, damaged ones, halves, and no frames at all. */
record FuzzedFrames(Fuzz fuzz, String... topics) {

    private static final String[] COMMANDS = {
        "CONNECT",
        "STOMP",
        "SUBSCRIBE",
        "UNSUBSCRIBE",
        "SEND",
        "DISCONNECT",
        "ACK",
        "NACK",
        "BEGIN",
        "COMMIT",
        "ABORT",
        "CONNECTED",
        "MESSAGE",
        "RECEIPT",
        "ERROR",
        "connect",
        "NONSENSE"
    };
    private static final String[] HEADERS = {
        "id", "destination", "receipt", "heart-beat", "accept-version", "version", "host", "content-length",
                "content-type",
        "selector", "session", "subscription", "message-id", "transaction", "ack", "login", "passcode",
                "simpDestination"
    };

    /** One message of a web socket. */
    WebSocketMessage<?> message() {
        String text = text();
        return switch (fuzz.below(8)) {
            case 0 -> new BinaryMessage(fuzz.bytes(200));
            case 1 -> new BinaryMessage(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            case 2 -> fuzz.oneIn(4) ? new PongMessage() : new TextMessage(text);
            default -> new TextMessage(text);
        };
    }

    String text() {
        return switch (fuzz.below(10)) {
            case 0 -> fuzz.text();
            case 1 -> "\n".repeat(fuzz.below(50));
            case 2 -> huge();
            case 3 -> random();
            case 4 -> fuzz.mutated(valid());
            case 5 -> fuzz.mutated(random());
            case 6 -> half();
            default -> valid();
        };
    }

    /** What a well-behaved client could say, though not in this order. */
    String valid() {
        String topic = fuzz.oneOf(topics);
        String id = "id:" + fuzz.below(30) + "\n";
        return switch (fuzz.below(9)) {
            case 0, 1 -> "CONNECT\naccept-version:1.2\nhost:x\nheart-beat:0,0\n\n\0";
            case 2, 3, 4 -> "SUBSCRIBE\n" + id + "receipt:r\ndestination:" + Destinations.of(topic) + "\n\n\0";
            case 5 -> "UNSUBSCRIBE\n" + id + "\n\0";
            case 6 -> "SEND\ndestination:" + Destinations.of(topic) + "\n\n{}\0";
            case 7 -> "DISCONNECT\nreceipt:bye\n\n\0";
            default -> fuzz.oneOf("ACK", "BEGIN", "ABORT") + "\n" + id + "transaction:t\n\n\0";
        };
    }

    /** What a client may say that is connected; an id may be in use already. */
    String polite() {
        String id = "id:" + fuzz.below(2_000) + "\n";
        return switch (fuzz.below(8)) {
            case 0 -> "\n";
            case 1 -> fuzz.oneOf("ACK", "NACK", "BEGIN", "COMMIT") + "\n" + id + "transaction:t\n\n\0";
            case 2, 3 -> "UNSUBSCRIBE\n" + id + "\n\0";
            default ->
                "SUBSCRIBE\n" + id + "receipt:r\ndestination:" + Destinations.of(topics[fuzz.below(2)]) + "\n\n\0";
        };
    }

    private String random() {
        StringBuilder frame = new StringBuilder(fuzz.oneOf(COMMANDS)).append(fuzz.oneOf("\n", "\r\n", ""));
        for (int headers = fuzz.below(8); headers > 0; headers--) {
            frame.append(fuzz.oneIn(5) ? fuzz.text() : fuzz.oneOf(HEADERS))
                    .append(fuzz.oneIn(10) ? "" : ":")
                    .append(fuzz.oneIn(2) ? fuzz.text() : Destinations.of(fuzz.oneOf(topics)))
                    .append('\n');
        }
        return frame.append("\n")
                .append(fuzz.text())
                .append(fuzz.oneIn(10) ? "" : "\0")
                .toString();
    }

    private String half() {
        String frame = valid();
        return frame.substring(0, fuzz.below(frame.length()));
    }

    private String huge() {
        int size = fuzz.oneOf(1_000, 20_000, 200_000);
        return fuzz.oneIn(2)
                ? "SUBSCRIBE\nid:" + "i".repeat(size) + "\n\n\0"
                : "SEND\n" + "h:v\n".repeat(size / 4) + "\n" + "\0";
    }
}
