package io.statesync.spring.relay;

import io.statesync.spring.delivery.ChannelKeeper;
import io.statesync.spring.delivery.ChannelTransport;
import io.statesync.spring.delivery.Reconnects;

/**
 * Hears invalidations over a STOMP broker: one connection and one destination for all topics.
 *
 * <p>It connects at the first subscription, and keeps the connection until it is closed. While it cannot connect,
 * subscriptions stay pending. A connection that is lost, or silent for three heart-beats, is made anew (100 ms to 10 s, full
 * jitter); each handler hears of the loss once and of the return once.
 */
public final class RelayTransport extends ChannelTransport {

    RelayTransport(RelayTransportBuilder settings) {
        super(
                "relay-" + settings.name,
                settings.strays,
                (subscriptions, threads) -> new ChannelKeeper(
                        new Reconnects.Terms(
                                settings.name,
                                settings.scheduler,
                                settings.backoff,
                                settings.connected,
                                settings.disconnected),
                        () -> RelayChannel.open(settings.broker, subscriptions, settings.scheduler),
                        subscriptions,
                        threads));
    }

    /** A transport over a broker. */
    public static RelayTransportBuilder over(RelayBroker broker) {
        return new RelayTransportBuilder(broker);
    }
}
