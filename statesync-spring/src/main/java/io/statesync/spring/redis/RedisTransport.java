package io.statesync.spring.redis;

import io.statesync.spring.delivery.ChannelTransport;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Hears invalidations by {@code SUBSCRIBE}: one connection and one channel for all topics.
 *
 * <p>It connects at the first subscription, and keeps the connection until it is closed. While it cannot connect,
 * subscriptions stay pending; they become active when the server confirms. A connection that is lost, or that does not
 * answer a question, is made anew (100 ms to 10 s, full jitter); each handler hears of the loss once and of the return once.
 */
public final class RedisTransport extends ChannelTransport {

    RedisTransport(RedisTransportBuilder settings) {
        super(
                "redis-" + settings.name,
                settings.strays,
                (subscriptions, threads) -> new RedisListener(settings, subscriptions, threads));
    }

    /**
     * A transport over the client of a factory: standalone, Sentinel or Cluster, as that is configured. The connection is
     * not one that the factory hands out.
     */
    public static RedisTransportBuilder on(LettuceConnectionFactory connections) {
        return new RedisTransportBuilder(connections);
    }
}
