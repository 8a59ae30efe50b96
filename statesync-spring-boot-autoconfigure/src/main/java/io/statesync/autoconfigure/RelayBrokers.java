package io.statesync.autoconfigure;

import io.statesync.spring.SetupException;
import io.statesync.spring.relay.RelayBroker;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;

/** The broker that {@code statesync.relay} describes. */
record RelayBrokers(RelayProperties properties, ObjectProvider<SslBundles> bundles) {

    /** @throws SetupException if it is not described; the message names who needs it */
    RelayBroker require(String whoNeedsIt) {
        String host = properties.host();
        if (host == null) {
            throw new SetupException(
                    whoNeedsIt + " needs a broker that speaks STOMP, but nothing says where it is.",
                    "Set statesync.relay.host, and .port, .login and .passcode if need be.");
        }
        try {
            return new RelayBroker(
                    host,
                    properties.port(),
                    properties.destination(),
                    properties.login(),
                    properties.passcode(),
                    properties.virtualHost(),
                    Checks.millis("statesync.relay.heartbeat", properties.heartbeat()),
                    Checks.millis("statesync.relay.answer-timeout", properties.answerTimeout()),
                    sockets(properties.sslBundle()));
        } catch (IllegalArgumentException e) {
            throw new SetupException(
                    "statesync.relay: " + e.getMessage() + ".",
                    "Correct statesync.relay.host, .port or .destination.",
                    e);
        }
    }

    /* What a bundle holds is read at each attempt, since it may be reloaded. */
    private Supplier<SocketFactory> sockets(@Nullable String bundle) {
        if (bundle == null) {
            return SocketFactory::getDefault;
        }
        String property = "statesync.relay.ssl-bundle";
        SslBundleNames.of(property, bundle, bundles);
        return () ->
                SslBundleNames.of(property, bundle, bundles).createSslContext().getSocketFactory();
    }
}
