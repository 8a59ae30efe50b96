package io.statesync.spring.kafka;

import io.statesync.InvalidationHandler;
import io.statesync.InvalidationSubscriber;
import io.statesync.Subscription;
import io.statesync.policy.LimitedExecutor;
import io.statesync.spring.delivery.ChannelSubscriptions;
import io.statesync.spring.delivery.TransportThreads;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hears invalidations over one Kafka topic: one consumer for all topics, in no consumer group, so that every instance hears
 * everything and none waits for a rebalance. It reads from where the Kafka topic ends when it begins.
 *
 * <p>It connects at the first subscription, and reads until it is closed. While no broker answers, subscriptions stay
 * pending. A partition whose leader does not answer a question in time counts as a lost connection, and so does a place in
 * the Kafka topic that is gone. It is tried anew (100 ms to 10 s, full jitter): from where it was, or if that is gone, from
 * the end. Each handler hears of the loss once and of the return once.
 *
 * <p>Handlers run on the transport's threads, per topic in order and one at a time; when a handler is slow, the newest
 * invalidation of each source stands for those before it. Safe for use by any thread.
 */
public final class KafkaTransport implements InvalidationSubscriber, AutoCloseable {

    private static final int HANDLER_THREADS = 8;

    private final TransportThreads threads;
    private final ChannelSubscriptions subscriptions;
    private final ChannelListener listener;
    private final AtomicBoolean started = new AtomicBoolean();

    KafkaTransport(KafkaTransportBuilder settings) {
        this.threads = new TransportThreads("kafka-" + settings.name, null);
        this.subscriptions = new ChannelSubscriptions(new LimitedExecutor(threads, HANDLER_THREADS), settings.strays);
        this.listener = new ChannelListener(settings, subscriptions, threads);
    }

    /**
     * A transport to a cluster.
     *
     * @param properties those of Kafka's consumers: where to, and how to get in; what StateSync relies on, such as no group
     *     and no commits of offsets, is set besides
     */
    public static KafkaTransportBuilder on(Map<String, Object> properties) {
        return new KafkaTransportBuilder(properties);
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

    /** Disconnects, and ends its threads. Subscriptions that are pending fail. */
    @Override
    public void close() {
        subscriptions.close(new IllegalStateException("the transport is closed"));
        listener.close();
        threads.close();
    }
}
