package io.statesync.spring.kafka;

import io.statesync.policy.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** The consumer, and how far it has read each partition of the channel. Used by one thread at a time but for {@link #wakeup}. */
final class ChannelReader {

    private static final CloseOptions FAREWELL = CloseOptions.timeout(Duration.ofSeconds(1));

    private final Clients clients;
    private final KafkaTransportBuilder settings;
    private final Consumer<byte[], byte[]> consumer;

    /** Whether it is known from where to read. */
    private boolean positioned;

    ChannelReader(Clients clients, KafkaTransportBuilder settings) {
        this.clients = clients;
        this.settings = settings;
        this.consumer = clients.consumer(settings.silence);
    }

    /**
     * When it returns, what is announced from now on is read, whichever partition it comes over (P5): from the end at first,
     * later from where it was when the brokers were lost.
     */
    void begin() {
        if (positioned) {
            ask();
            return;
        }
        List<TopicPartition> all = all();
        if (all.isEmpty()) {
            all = created();
        }
        consumer.assign(all);
        consumer.seekToEnd(all);
        for (TopicPartition partition : all) {
            consumer.position(partition, settings.answer);
        }
        positioned = true;
    }

    /** What has come, after at most that time. */
    Iterable<ConsumerRecord<byte[], byte[]>> poll(Duration longest) {
        try {
            return consumer.poll(longest);
        } catch (OffsetOutOfRangeException e) {
            positioned = false;
            throw new IllegalStateException("the place in the Kafka topic that is to be read next is gone", e);
        }
    }

    /** Asks each partition's leader for a sign of life, and takes in partitions that were added. */
    void ask() {
        List<TopicPartition> all = all();
        Set<TopicPartition> known = consumer.assignment();
        if (!new HashSet<>(all).containsAll(known)) {
            positioned = false;
            throw new IllegalStateException("the Kafka topic \"" + settings.channel.name() + "\" was deleted");
        }
        if (all.size() > known.size()) {
            List<TopicPartition> added = new ArrayList<>(all);
            added.removeAll(known);
            consumer.assign(all);
            consumer.seekToBeginning(added); // they are younger than the last question
        }
        consumer.endOffsets(all, settings.answer);
    }

    /** Whoever reads stops with a {@link org.apache.kafka.common.errors.WakeupException}. Any thread. */
    void wakeup() {
        consumer.wakeup();
    }

    void close() {
        consumer.close(FAREWELL);
    }

    /* The brokers know a new topic a moment after its creation was confirmed. */
    private List<TopicPartition> created() {
        new ChannelAdmin(clients, settings.channel).ensure();
        long begun = settings.scheduler.now();
        List<TopicPartition> all = all();
        while (all.isEmpty()) {
            if (settings.scheduler.now() - begun > Durations.nanos(settings.answer)) {
                throw new IllegalStateException(
                        "the Kafka topic \"" + settings.channel.name() + "\" has no partitions yet");
            }
            all = all();
        }
        return all;
    }

    private List<TopicPartition> all() {
        return consumer.partitionsFor(settings.channel.name(), settings.answer).stream()
                .map(it -> new TopicPartition(it.topic(), it.partition()))
                .toList();
    }
}
