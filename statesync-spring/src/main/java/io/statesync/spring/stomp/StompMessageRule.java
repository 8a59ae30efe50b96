package io.statesync.spring.stomp;

import org.springframework.messaging.Message;

/** A rule of the application about what clients of a {@link StompServer} send. What it throws counts as no. */
@FunctionalInterface
public interface StompMessageRule {

    /** Nothing is forbidden but what is forbidden anyway: sending, patterns, topics that may not be read. */
    StompMessageRule NONE = message -> true;

    /**
     * Asked on the container's threads about each CONNECT and each SUBSCRIBE. Not about UNSUBSCRIBE and DISCONNECT, by which a
     * client only gives up what it has.
     *
     * @param message with the user of the handshake and the destination in its headers
     */
    boolean permits(Message<?> message);
}
