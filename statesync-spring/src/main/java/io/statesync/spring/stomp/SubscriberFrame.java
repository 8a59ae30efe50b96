package io.statesync.spring.stomp;

import java.util.Map;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

/**
 * An event for one subscription of one client. It passes by the channels and the encoder, but not by what bounds and ends a
 * session.
 *
 * @param sessionId whose subscription it is
 * @param subscription the id that the client chose
 * @param getPayload the event, the same for all
 */
record SubscriberFrame(String sessionId, String subscription, EventFrame getPayload) implements Message<EventFrame> {

    private static final MessageHeaders NONE = new MessageHeaders(Map.of());

    @Override
    public MessageHeaders getHeaders() {
        return NONE;
    }
}
