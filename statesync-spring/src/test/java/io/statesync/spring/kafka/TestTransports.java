package io.statesync.spring.kafka;

import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Both halves, with less patience than in earnest. */
final class TestTransports {

    private static final Duration SILENCE = Duration.ofMillis(300);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private TestTransports() {}

    static KafkaTransportBuilder listening(Map<String, Object> clients) {
        return KafkaTransport.on(clients).keepAlive(SILENCE, ANSWER);
    }

    static KafkaPublisher announcing(Map<String, Object> clients, KafkaChannel channel) {
        return new KafkaPublisher(clients, channel, null, Scheduler.system(), ANSWER);
    }

    /** Sends what no publisher of ours would. */
    static void send(Map<String, Object> clients, String channel, byte[] payload) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(channel, new byte[] {0}, payload));
        }
    }
}
