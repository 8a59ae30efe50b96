package io.statesync.autoconfigure;

import io.statesync.InvalidationPublisher;
import io.statesync.policy.Scheduler;
import io.statesync.spring.AnnouncementDriver;
import io.statesync.spring.kafka.KafkaPublisher;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Announces over Kafka, and closes what it announces with. */
record KafkaAnnouncements(
        KafkaTopicProperties properties,
        KafkaClients clients,
        Scheduler scheduler,
        AtomicReference<@Nullable KafkaPublisher> opened)
        implements AnnouncementDriver, AutoCloseable {

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public InvalidationPublisher open() {
        KafkaPublisher publisher = new KafkaPublisher(
                clients.ofProducers("statesync.announce=kafka"),
                properties.channel(),
                clients.template(),
                scheduler,
                KafkaPublisher.ANSWER);
        opened.set(publisher);
        return publisher;
    }

    @Override
    public void close() {
        KafkaPublisher publisher = opened.getAndSet(null);
        if (publisher != null) {
            publisher.close();
        }
    }
}
