package io.statesync.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Invalidations over a message broker that speaks STOMP.
 *
 * @param host Host of the broker.
 * @param port Port of the broker for STOMP.
 * @param destination Destination that all topics are announced over; applications that are not to hear each other have one
 *     each.
 * @param login User of the broker.
 * @param passcode Password of that user.
 * @param virtualHost Virtual host of the broker; by default the name of the host.
 * @param heartbeat How often each side sends a sign of life; three missed ones end the connection.
 * @param answerTimeout How long to wait for a connection, and for an answer of the broker.
 * @param sslBundle Name of the SSL bundle to connect with; without one the connection is not encrypted.
 */
record RelayProperties(
        @Nullable String host,
        @DefaultValue("61613") int port,
        @DefaultValue("/topic/statesync") String destination,
        @Nullable String login,
        @Nullable String passcode,
        @Nullable String virtualHost,
        @DefaultValue("5s") Duration heartbeat,
        @DefaultValue("5s") Duration answerTimeout,
        @Nullable String sslBundle) {}
