package io.statesync.spring.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes clients: where to and how to get in is the application's configuration; what StateSync relies on is not.
 *
 * @param application properties of the application's consumers, or of its producers
 * @param name what the clients are called at the brokers
 * @param answer how long a broker may take to answer
 */
record Clients(Map<String, Object> application, String name, Duration answer) {

    /** Two clients of one name in one JVM would share their JMX beans. */
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final int LONGEST_FETCH_MILLIS = 500;

    /** Reads what is committed, in no group: what it has read is nobody's business but its own. */
    Consumer<byte[], byte[]> consumer(Duration freshMetadata) {
        Map<String, Object> properties = properties();
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        properties.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
        properties.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
        properties.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, freshMetadata.toMillis());
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Math.min(LONGEST_FETCH_MILLIS, millis() / 2));
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Never part of a transaction, acknowledged by all replicas. */
    Producer<byte[], byte[]> producer() {
        Map<String, Object> properties = properties();
        properties.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        properties.remove(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG);
        properties.remove(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
        properties.remove(ProducerConfig.PARTITIONER_CLASS_CONFIG);
        properties.remove(ProducerConfig.RETRIES_CONFIG);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * millis());
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    Admin admin() {
        Map<String, Object> properties = properties();
        properties.keySet().retainAll(AdminClientConfig.configNames());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis());
        return Admin.create(properties);
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(application);
        properties.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, "statesync-" + name + "-" + NUMBER.incrementAndGet());
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis());
        return properties;
    }

    /** Without the properties: they may hold a password. */
    @Override
    public String toString() {
        return "clients of " + name;
    }

    private int millis() {
        return (int) Math.min(Integer.MAX_VALUE / 4, Math.max(2, answer.toMillis()));
    }
}
