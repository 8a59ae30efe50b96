package io.statesync.autoconfigure;

import io.statesync.spring.SetupException;
import io.statesync.spring.kafka.KafkaChannel;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Invalidations over Kafka.
 *
 * @param topic Name of the Kafka topic for all topics; applications that are not to hear each other have one each.
 * @param createTopic Whether the Kafka topic is created, compacted, where it is missing.
 * @param partitions How many partitions the Kafka topic is created with.
 * @param replicas How many replicas the Kafka topic is created with; -1 for as many as the brokers are configured with.
 */
record KafkaTopicProperties(
        @DefaultValue("statesync.invalidations") String topic,
        @DefaultValue("true") boolean createTopic,
        @DefaultValue("1") int partitions,
        @DefaultValue("-1") short replicas) {

    KafkaChannel channel() {
        try {
            return new KafkaChannel(topic, createTopic, partitions, replicas);
        } catch (IllegalArgumentException e) {
            throw new SetupException(
                    "The properties statesync.kafka describe no Kafka topic: " + e.getMessage() + ".",
                    "Correct statesync.kafka.topic (such as \"statesync.invalidations\"), .partitions or .replicas.",
                    e);
        }
    }
}
