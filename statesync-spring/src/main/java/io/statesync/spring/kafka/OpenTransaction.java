package io.statesync.spring.kafka;

import io.statesync.InvalidationEvent;
import io.statesync.spring.json.InvalidationCodec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Kafka's transaction of the thread that announces: events go through the application's own template, in the shape that its
 * serializers write as it is.
 *
 * @param key turns a topic into what its key serializer takes
 * @param value turns an encoded event into what its value serializer takes
 */
record OpenTransaction(
        KafkaTemplate<Object, Object> template,
        KafkaChannel channel,
        Function<byte[], Object> key,
        Function<byte[], Object> value) {

    private static final Logger log = LoggerFactory.getLogger(OpenTransaction.class);
    private static final InvalidationCodec CODEC = new InvalidationCodec();

    private static final Map<String, Function<byte[], Object>> SHAPES = Map.of(
            StringSerializer.class.getName(), bytes -> new String(bytes, StandardCharsets.UTF_8),
            ByteArraySerializer.class.getName(), bytes -> bytes,
            BytesSerializer.class.getName(), Bytes::wrap);

    /** Null if the template has no transactions, or would write an event as something else. */
    static @Nullable OpenTransaction of(KafkaTemplate<?, ?> template, KafkaChannel channel) {
        if (!template.isTransactional()) {
            return null;
        }
        ProducerFactory<?, ?> factory = template.getProducerFactory();
        Map<String, Object> configured = factory.getConfigurationProperties();
        var key = shape(factory.getKeySerializer(), configured.get(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG));
        var value = shape(factory.getValueSerializer(), configured.get(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG));
        if (key == null || value == null) {
            log.info(
                    "Announcements over Kafka follow the commit: the application's producers do not write plain text or"
                            + " bytes, so an announcement cannot be part of their transactions");
            return null;
        }
        @SuppressWarnings("unchecked") // what it takes was asked of its serializers
        KafkaTemplate<Object, Object> any = (KafkaTemplate<Object, Object>) template;
        return new OpenTransaction(any, channel, key, value);
    }

    /** Sends in a transaction that Spring manages on this thread; false if Kafka has no part in it. */
    boolean takes(InvalidationEvent event) {
        if (!TransactionSynchronizationManager.hasResource(template.getProducerFactory())) {
            return false;
        }
        send(event);
        return true;
    }

    /**
     * Sends in a transaction that is Kafka's alone: the template's own, or one of a KafkaTransactionManager; false if there is
     * none. While Spring's synchronization of a commit runs, its transaction still looks open, and is over.
     */
    boolean takesFromTemplate(InvalidationEvent event) {
        if (TransactionSynchronizationManager.isActualTransactionActive() || !template.inTransaction()) {
            return false;
        }
        send(event);
        return true;
    }

    /* If it fails later, the commit does. */
    private void send(InvalidationEvent event) {
        template.send(
                channel.name(),
                key.apply(event.topic().getBytes(StandardCharsets.UTF_8)),
                value.apply(CODEC.encode(event)));
    }

    private static @Nullable Function<byte[], Object> shape(
            @Nullable Serializer<?> given, @Nullable Object configured) {
        if (given != null) {
            return SHAPES.get(given.getClass().getName());
        }
        return SHAPES.get(configured instanceof Class<?> type ? type.getName() : String.valueOf(configured));
    }
}
