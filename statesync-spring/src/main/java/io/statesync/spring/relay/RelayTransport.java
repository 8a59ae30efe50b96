package io.statesync.spring.relay;

import io.statesync.InvalidationHandler;
import io.statesync.InvalidationSubscriber;
import io.statesync.Subscription;
import io.statesync.policy.LimitedExecutor;
import io.statesync.spring.delivery.ChannelKeeper;
import io.statesync.spring.delivery.ChannelSubscriptions;
import io.statesync.spring.delivery.TransportThreads;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hears invalidations over a STOMP broker: one connection and one destination for all topics.
 *
 * <p>It connects at the first subscription, and keeps the connection until it is closed. While it cannot connect,
 * subscriptions stay pending. A connection that is lost, or silent for three heart-beats, is made anew (100 ms to 10 s, full
 * jitter); each handler hears of the loss once and of the return once.
 *
 * <p>Handlers run on the transport's threads, per topic in order and one at a time; when a handler is slow, the newest
 * invalidation of each source stands for those before it. Safe for use by any thread.
 */
public final class RelayTransport implements InvalidationSubscriber, AutoCloseable {

    private static final int HANDLER_THREADS = 8;

    private final TransportThreads threads;
    private final ChannelSubscriptions subscriptions;
    private final ChannelKeeper keeper;
    private final AtomicBoolean started = new AtomicBoolean();

    RelayTransport(RelayTransportBuilder settings) {
        this.threads = new TransportThreads("relay-" + settings.name, null);
        this.subscriptions = new ChannelSubscriptions(new LimitedExecutor(threads, HANDLER_THREADS), settings.strays);
        this.keeper = new ChannelKeeper(
                new ChannelKeeper.Terms(
                        settings.name, settings.scheduler, settings.backoff, settings.connected, settings.disconnected),
                () -> RelayChannel.open(settings.broker, subscriptions, settings.scheduler),
                subscriptions,
                threads);
    }

    /** A transport over a broker. */
    public static RelayTransportBuilder over(RelayBroker broker) {
        return new RelayTransportBuilder(broker);
    }

    /** @throws IllegalStateException if the transport is closed */
    @Override
    public Subscription subscribe(String topic, InvalidationHandler handler) {
        Subscription subscription = subscriptions.add(topic, handler);
        if (started.compareAndSet(false, true)) {
            keeper.start();
        }
        return subscription;
    }

    /** Disconnects, and ends its threads. Subscriptions that are pending fail. */
    @Override
    public void close() {
        subscriptions.close(new IllegalStateException("the transport is closed"));
        keeper.close();
        threads.close();
    }
}
