package io.statesync.spring.kafka;

import io.statesync.InvalidationEvent;
import io.statesync.policy.Backoff;
import io.statesync.policy.Durations;
import io.statesync.policy.Scheduler;
import io.statesync.spring.TransactionalInvalidationPublisher;
import io.statesync.spring.delivery.TransportThreads;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Announces over one Kafka topic, keyed by the topic that an event names: in Kafka's transaction if one is open on the
 * thread, so that its commit announces and its abort does not; otherwise by a producer of its own.
 *
 * <p>That producer holds up nobody: an event is handed to it and {@link #publish} returns. What the brokers do not take is
 * kept, the newest of each topic, and sent again (200 ms to 30 s, full jitter) until they do; the first failure is logged,
 * and so is the end of it (TC-10). Safe for use by any thread.
 */
public final class KafkaPublisher implements TransactionalInvalidationPublisher, AutoCloseable {

    /** How long the brokers may take to answer, unless it is said. */
    public static final Duration ANSWER = Duration.ofSeconds(5);

    private final TransportThreads threads = new TransportThreads("kafka-announcements", null);
    private final @Nullable OpenTransaction transaction;
    private final ChannelProducer producer;
    private final Outbox outbox;

    /**
     * @param properties those of Kafka's producers: where to, and how to get in
     * @param template whose transactions to be part of; null: of none
     */
    public KafkaPublisher(
            Map<String, Object> properties, KafkaChannel channel, @Nullable KafkaTemplate<?, ?> template) {
        this(properties, channel, template, Scheduler.system(), ANSWER);
    }

    /**
     * @param properties those of Kafka's producers: where to, and how to get in
     * @param template whose transactions to be part of; null: of none
     * @param answer how long the brokers may take to answer
     */
    public KafkaPublisher(
            Map<String, Object> properties,
            KafkaChannel channel,
            @Nullable KafkaTemplate<?, ?> template,
            Scheduler scheduler,
            Duration answer) {
        Durations.positive("answer of the Kafka publisher", answer);
        Clients clients = new Clients(new HashMap<>(properties), "announcements", answer);
        this.transaction = template == null ? null : OpenTransaction.of(template, channel);
        this.producer = new ChannelProducer(clients, channel);
        this.outbox = new Outbox(channel.name(), producer::send, scheduler, threads, Backoff.CATCH_UP);
    }

    /** @throws IllegalStateException if this is closed */
    @Override
    public void publish(InvalidationEvent event) {
        if (transaction == null || !transaction.takesFromTemplate(event)) {
            outbox.put(event);
        }
    }

    @Override
    public boolean publishInTransaction(InvalidationEvent event) {
        return transaction != null && transaction.takes(event);
    }

    /** Gives what waits a moment to be sent, and ends its threads. */
    @Override
    public void close() {
        outbox.shut();
        threads.close();
        outbox.close();
        producer.close();
    }
}
