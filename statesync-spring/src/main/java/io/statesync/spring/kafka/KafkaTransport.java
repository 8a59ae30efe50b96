package io.statesync.spring.kafka;

import io.statesync.spring.delivery.ChannelTransport;
import java.util.Map;

/**
 * Hears invalidations over one Kafka topic: one consumer for all topics, in no consumer group, so that every instance hears
 * everything and none waits for a rebalance. It reads from where the Kafka topic ends when it begins.
 *
 * <p>It connects at the first subscription, and reads until it is closed. While no broker answers, subscriptions stay
 * pending. A partition whose leader does not answer a question in time counts as a lost connection, and so does a place in
 * the Kafka topic that is gone. It is tried anew (100 ms to 10 s, full jitter): from where it was, or if that is gone, from
 * the end. Each handler hears of the loss once and of the return once.
 */
public final class KafkaTransport extends ChannelTransport {

    KafkaTransport(KafkaTransportBuilder settings) {
        super(
                "kafka-" + settings.name,
                settings.strays,
                (subscriptions, threads) -> new ChannelListener(settings, subscriptions, threads));
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
}
