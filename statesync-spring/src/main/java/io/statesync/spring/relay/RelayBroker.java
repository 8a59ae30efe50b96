package io.statesync.spring.relay;

import io.statesync.policy.Durations;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A message broker that speaks STOMP, such as ActiveMQ, Artemis or RabbitMQ with its STOMP plug-in.
 *
 * @param host where it is
 * @param port its port for STOMP, usually 61613
 * @param destination where all topics are announced; instances that are not to hear each other have one each
 * @param login who connects
 * @param passcode the password
 * @param virtualHost which of its virtual hosts; by default the host's name
 * @param heartbeat how often each side sends a sign of life; after three missed ones a connection is lost
 * @param answerTimeout how long it may take to connect, and to answer
 * @param sockets asked for each connection: plain or TLS
 */
public record RelayBroker(
        String host,
        int port,
        String destination,
        @Nullable String login,
        @Nullable String passcode,
        @Nullable String virtualHost,
        Duration heartbeat,
        Duration answerTimeout,
        Supplier<? extends SocketFactory> sockets) {

    /** What all topics are announced over, unless it is said. */
    public static final String DEFAULT_DESTINATION = "/topic/statesync";

    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
    private static final int LAST_PORT = 65_535;

    public RelayBroker {
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host of the broker must not be blank");
        }
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("the port of the broker must be 1 to 65535, got " + port);
        }
        if (destination.isBlank() || destination.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the destination must be a name such as " + DEFAULT_DESTINATION + ", got \"" + destination + "\"");
        }
        Durations.positive("heart-beat of the broker", heartbeat);
        Durations.positive("answer time-out of the broker", answerTimeout);
    }

    /** A broker without credentials, over plain TCP; heart-beats and answers within 5 s. */
    public static RelayBroker at(String host, int port) {
        return new RelayBroker(
                host,
                port,
                DEFAULT_DESTINATION,
                null,
                null,
                null,
                FIVE_SECONDS,
                FIVE_SECONDS,
                SocketFactory::getDefault);
    }

    /** The same with other times. */
    public RelayBroker withTimes(Duration newHeartbeat, Duration newAnswerTimeout) {
        return new RelayBroker(
                host, port, destination, login, passcode, virtualHost, newHeartbeat, newAnswerTimeout, sockets);
    }

    /** The same with another destination. */
    public RelayBroker withDestination(String newDestination) {
        return new RelayBroker(
                host, port, newDestination, login, passcode, virtualHost, heartbeat, answerTimeout, sockets);
    }

    /** For people: no password. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
