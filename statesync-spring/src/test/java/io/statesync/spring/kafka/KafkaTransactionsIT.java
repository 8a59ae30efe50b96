package io.statesync.spring.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.policy.Scheduler;
import io.statesync.test.RecordingHandler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** In Kafka's transaction: the commit announces, and an abort does not. */
class KafkaTransactionsIT {

    private static final int ABORTED = 1_000;

    private static KafkaServer server;

    private final RecordingHandler handler = new RecordingHandler();
    private DefaultKafkaProducerFactory<String, String> producers;
    private KafkaTemplate<String, String> template;
    private TransactionTemplate transaction;
    private KafkaPublisher publisher;
    private KafkaTransport transport;

    @BeforeAll
    static void start() throws Exception {
        server = new KafkaServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void open() {
        producers = producers(new StringSerializer());
        template = new KafkaTemplate<>(producers);
        transaction = new TransactionTemplate(new KafkaTransactionManager<>(producers));
        publisher = announcing(template);
        transport = TestTransports.listening(server.clients()).build();
        transport.subscribe("prices", handler).active().toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        transport.close();
        publisher.close();
        producers.destroy();
    }

    @Test
    void theCommitAnnouncesAndAnAbortDoesNot() {
        for (int i = 0; i < ABORTED; i++) {
            transaction.executeWithoutResult(status -> {
                assertThat(publisher.publishInTransaction(event(1))).isTrue();
                template.flush(); // the broker has it
                status.setRollbackOnly();
            });
        }
        transaction.executeWithoutResult(status -> {
            assertThat(publisher.publishInTransaction(event(2))).isTrue();
            assertThat(handler.received()).isEmpty();
        });

        await().until(() -> !handler.received().isEmpty());
        assertThat(handler.revisions()).containsExactly("2");
    }

    @Test
    void aTransactionOfTheTemplateAnnouncesWithItsCommitToo() {
        assertThatThrownBy(() -> template.executeInTransaction(operations -> {
                    publisher.publish(event(1));
                    template.flush();
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        template.executeInTransaction(operations -> {
            publisher.publish(event(2));
            return true;
        });

        await().until(() -> !handler.received().isEmpty());
        assertThat(handler.revisions()).containsExactly("2");
    }

    @Test
    void whatIsPublishedInOneOfItsManagerIsPartOfIt() {
        transaction.executeWithoutResult(status -> {
            publisher.publish(event(1));
            template.flush();
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> publisher.publish(event(2)));

        await().until(() -> !handler.received().isEmpty());
        assertThat(handler.revisions()).containsExactly("2");
    }

    @Test
    void outsideOfOneItIsSentByItself() {
        assertThat(publisher.publishInTransaction(event(3))).isFalse();
        publisher.publish(event(3));

        await().until(() -> handler.revisions().contains("3"));
    }

    @Test
    void inOneOfAnotherKindItIsSentAfterTheCommit() {
        DefaultKafkaProducerFactory<String, Long> numbers = producers(new LongSerializer());
        try (KafkaPublisher other = announcing(new KafkaTemplate<>(numbers))) {
            new TransactionTemplate(new KafkaTransactionManager<>(numbers))
                    .executeWithoutResult(status ->
                            assertThat(other.publishInTransaction(event(4))).isFalse());
        } finally {
            numbers.destroy();
        }
    }

    private static KafkaPublisher announcing(KafkaTemplate<?, ?> template) {
        return new KafkaPublisher(
                server.clients(), KafkaChannel.DEFAULT, template, Scheduler.system(), Duration.ofSeconds(2));
    }

    private static <V> DefaultKafkaProducerFactory<String, V> producers(Serializer<V> values) {
        Map<String, Object> properties = new HashMap<>(server.clients());
        properties.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "tx-" + values.getClass().getSimpleName() + "-");
        return new DefaultKafkaProducerFactory<>(properties, new StringSerializer(), values);
    }

    private static InvalidationEvent event(long revision) {
        return InvalidationEvent.of("prices", new Revision(revision));
    }
}
