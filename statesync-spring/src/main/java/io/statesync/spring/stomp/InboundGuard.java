package io.statesync.spring.stomp;

import io.statesync.spring.ExposedTopics;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Lets clients subscribe to exact destinations of exposed topics, and nothing else: neither patterns nor sending. What is
 * refused is answered with an ERROR that says why and carries the receipt id, so that a client with many topics knows
 * which one was meant; by the rules of STOMP the connection ends with it.
 */
final class InboundGuard implements ChannelInterceptor {

    private static final Logger log = LoggerFactory.getLogger(InboundGuard.class);

    private final ExposedTopics exposed;
    private final MessageChannel outbound;

    InboundGuard(ExposedTopics exposed, MessageChannel outbound) {
        this.exposed = exposed;
        this.outbound = outbound;
    }

    @Override
    public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
        // by type, not by command: a client may also send a frame that only servers should send
        SimpMessageType type = SimpMessageHeaderAccessor.getMessageType(message.getHeaders());
        String destination = SimpMessageHeaderAccessor.getDestination(message.getHeaders());
        String refusal = null;
        if (type == SimpMessageType.MESSAGE) {
            refusal = "clients cannot send to StateSync: changes are announced by their source only";
        } else if (type == SimpMessageType.SUBSCRIBE) {
            refusal = refusalOf(destination);
        }
        if (refusal == null) {
            return message;
        }
        refuse(message, refusal);
        return null;
    }

    private @Nullable String refusalOf(@Nullable String destination) {
        String topic = destination == null ? null : Destinations.topicOf(destination);
        if (topic == null) {
            return "subscribe to exact destinations " + Destinations.PREFIX
                    + "<topic> only, without patterns; bytes of the topic outside [A-Za-z0-9_-] are written as ~hh";
        }
        // the same words for unknown and for not exposed: whoever asks must not learn which
        return exposed.find(topic) == null ? "no topic \"" + topic + "\" is exposed here" : null;
    }

    private void refuse(Message<?> message, String refusal) {
        StompHeaderAccessor error = StompHeaderAccessor.create(StompCommand.ERROR);
        error.setMessage(refusal);
        error.setSessionId(SimpMessageHeaderAccessor.getSessionId(message.getHeaders()));
        StompHeaderAccessor request = StompHeaderAccessor.wrap(message);
        if (request.getReceipt() != null) {
            error.setReceiptId(request.getReceipt());
        }
        log.debug("Refused {} of session {}: {}", request.getCommand(), request.getSessionId(), refusal);
        outbound.send(
                MessageBuilder.createMessage(refusal.getBytes(StandardCharsets.UTF_8), error.getMessageHeaders()));
    }
}
