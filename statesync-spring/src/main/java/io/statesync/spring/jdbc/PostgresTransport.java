package io.statesync.spring.jdbc;

import io.statesync.spring.delivery.ChannelKeeper;
import io.statesync.spring.delivery.ChannelTransport;
import io.statesync.spring.delivery.Reconnects;

/**
 * Hears invalidations by {@code LISTEN}: one connection and one channel for all topics.
 *
 * <p>It connects at the first subscription, and keeps the connection until it is closed. While it cannot connect,
 * subscriptions stay pending. A connection that is lost, or that does not answer a question after a while of silence, is
 * made anew (100 ms to 10 s, full jitter); each handler hears of the loss once and of the return once.
 */
public final class PostgresTransport extends ChannelTransport {

    PostgresTransport(PostgresTransportBuilder settings) {
        super(
                "postgres-" + settings.name,
                settings.strays,
                (subscriptions, threads) -> new ChannelKeeper(
                        new Reconnects.Terms(
                                settings.name,
                                settings.scheduler,
                                settings.backoff,
                                settings.connected,
                                settings.disconnected),
                        () -> ListenChannel.open(settings, subscriptions),
                        subscriptions,
                        threads));
    }

    /**
     * A transport to a database.
     *
     * @param connections opens a connection of its own, not one of a pool, and not one through a pooler that shares it
     *     between transactions (PgBouncer)
     */
    public static PostgresTransportBuilder on(ConnectionOpener connections) {
        return new PostgresTransportBuilder(connections);
    }
}
