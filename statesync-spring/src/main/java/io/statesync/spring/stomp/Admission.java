package io.statesync.spring.stomp;

import io.statesync.spring.ExposedTopics;
import io.statesync.spring.TopicAccess;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;

/**
 * What clients may do: subscribe to exact destinations of exposed topics that they may read, and nothing else.
 *
 * @param exposed which topics there are
 * @param access who may read them
 * @param rule what the application says besides
 */
record Admission(ExposedTopics exposed, TopicAccess access, StompMessageRule rule) {

    /** Why a message is refused, in words for its sender; null if it is not. */
    @Nullable
    String refusalOf(Message<?> message) {
        MessageHeaders headers = message.getHeaders();
        // by type, not by command: a client may also send a frame that only servers should send
        SimpMessageType type = SimpMessageHeaderAccessor.getMessageType(headers);
        if (type == SimpMessageType.MESSAGE) {
            return "clients cannot send to StateSync: changes are announced by their source only";
        }
        if (type == SimpMessageType.CONNECT) {
            return rule.permits(message) ? null : "the rules of this application do not let this user connect";
        }
        return type == SimpMessageType.SUBSCRIBE ? refusalOfSubscription(message, headers) : null;
    }

    private @Nullable String refusalOfSubscription(Message<?> message, MessageHeaders headers) {
        String destination = SimpMessageHeaderAccessor.getDestination(headers);
        String topic = destination == null ? null : Destinations.topicOf(destination);
        if (topic == null) {
            return "subscribe to exact destinations " + Destinations.PREFIX
                    + "<topic> only, without patterns; bytes of the topic outside [A-Za-z0-9_-] are written as ~hh";
        }
        Principal user = SimpMessageHeaderAccessor.getUser(headers);
        // before it is looked up: whoever may not read it must not learn whether it exists
        if (!access.mayRead(user, topic) || !rule.permits(message)) {
            return "this user may not read topic \"" + topic + '"';
        }
        // the same words for unknown and for not exposed: whoever asks must not learn which
        return exposed.find(topic) == null ? "no topic \"" + topic + "\" is exposed here" : null;
    }
}
