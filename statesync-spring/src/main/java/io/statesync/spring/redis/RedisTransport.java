package io.statesync.spring.redis;

import io.statesync.InvalidationHandler;
import io.statesync.InvalidationSubscriber;
import io.statesync.Subscription;
import io.statesync.policy.LimitedExecutor;
import io.statesync.spring.delivery.ChannelSubscriptions;
import io.statesync.spring.delivery.TransportThreads;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Hears invalidations by {@code SUBSCRIBE}: one connection and one channel for all topics.
 *
 * <p>It connects at the first subscription, and keeps the connection until it is closed. While it cannot connect,
 * subscriptions stay pending; they become active when the server confirms. A connection that is lost, or that does not
 * answer a question, is made anew (100 ms to 10 s, full jitter); each handler hears of the loss once and of the return once.
 *
 * <p>Handlers run on the transport's threads, per topic in order and one at a time; when a handler is slow, the newest
 * invalidation of each source stands for those before it. Safe for use by any thread.
 */
public final class RedisTransport implements InvalidationSubscriber, AutoCloseable {

    private static final int HANDLER_THREADS = 8;

    private final TransportThreads threads;
    private final ChannelSubscriptions subscriptions;
    private final RedisListener listener;
    private final AtomicBoolean started = new AtomicBoolean();

    RedisTransport(RedisTransportBuilder settings) {
        this.threads = new TransportThreads("redis-" + settings.name, null);
        this.subscriptions = new ChannelSubscriptions(new LimitedExecutor(threads, HANDLER_THREADS), settings.strays);
        this.listener = new RedisListener(settings, subscriptions, threads);
    }

    /**
     * A transport over the client of a factory: standalone, Sentinel or Cluster, as that is configured. The connection is
     * not one that the factory hands out.
     */
    public static RedisTransportBuilder on(LettuceConnectionFactory connections) {
        return new RedisTransportBuilder(connections);
    }

    /** @throws IllegalStateException if the transport is closed */
    @Override
    public Subscription subscribe(String topic, InvalidationHandler handler) {
        Subscription subscription = subscriptions.add(topic, handler);
        if (started.compareAndSet(false, true)) {
            listener.start();
        }
        return subscription;
    }

    /** Disconnects, and ends its threads; those of the client are the factory's. Subscriptions that are pending fail. */
    @Override
    public void close() {
        subscriptions.close(new IllegalStateException("the transport is closed"));
        listener.close();
        threads.close();
    }
}
