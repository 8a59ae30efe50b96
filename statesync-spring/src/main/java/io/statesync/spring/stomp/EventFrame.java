package io.statesync.spring.stomp;

import java.nio.charset.StandardCharsets;
import org.springframework.web.socket.TextMessage;

/**
 * An invalidation as a MESSAGE frame, written once for all who are to have it: only the id of the subscription is a client's
 * own.
 *
 * @param before the frame up to that id
 * @param after the frame from there on
 */
record EventFrame(String before, String after) {

    /** @param number no other frame of this broker has it */
    static EventFrame of(String topic, byte[] payload, long number) {
        return new EventFrame(
                "MESSAGE\ndestination:" + Destinations.of(topic) + "\ncontent-type:application/json\nmessage-id:"
                        + number + "\nsubscription:",
                "\ncontent-length:" + payload.length + "\n\n" + new String(payload, StandardCharsets.UTF_8) + "\0");
    }

    /** @param subscription the id that the client chose */
    TextMessage to(String subscription) {
        return new TextMessage(before + escaped(subscription) + after);
    }

    /* By the rules of STOMP 1.2 for the values of headers. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace(":", "\\c")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
