package io.statesync.spring.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.test.RecordingHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The one Kafka topic: who creates it, and what happens when it changes under those that read it. */
class KafkaChannelIT {

    private static KafkaServer server;
    private static Admin admin;

    private final RecordingHandler handler = new RecordingHandler();

    @BeforeAll
    static void start() throws Exception {
        server = new KafkaServer();
        admin = Admin.create(server.clients());
    }

    @AfterAll
    static void stop() throws Exception {
        admin.close();
        server.close();
    }

    @Test
    void whoeverNeedsItFirstCreatesItCompacted() throws Exception {
        KafkaChannel read = new KafkaChannel("read.first", true, 3, (short) 1);
        KafkaChannel written = KafkaChannel.DEFAULT.named("written.first");
        try (KafkaTransport transport = listening(read);
                KafkaPublisher publisher = TestTransports.announcing(server.clients(), written)) {
            publisher.publish(InvalidationEvent.of("prices", new Revision(1)));

            await("it is created for the publisher").until(() -> names().contains("written.first"));
            assertThat(cleanupPolicy("written.first")).isEqualTo("compact");
            assertThat(cleanupPolicy("read.first")).isEqualTo("compact");
            assertThat(admin.describeTopics(List.of("read.first"))
                            .allTopicNames()
                            .get()
                            .get("read.first")
                            .partitions())
                    .hasSize(3);
            assertThat(transport).isNotNull();
        }
    }

    @Test
    void oneThatIsNotToBeCreatedIsWaitedFor() throws Exception {
        KafkaChannel channel = new KafkaChannel("made.by.hand", false, 1, KafkaChannel.BROKERS_DEFAULT);
        List<Throwable> causes = new CopyOnWriteArrayList<>();
        try (KafkaTransport transport = TestTransports.listening(server.clients())
                        .channel(channel)
                        .connectionListener(() -> {}, causes::add)
                        .build();
                KafkaPublisher publisher = TestTransports.announcing(server.clients(), channel)) {
            var active = transport.subscribe("prices", handler).active().toCompletableFuture();
            await("an attempt fails").until(() -> !causes.isEmpty());
            assertThat(causes.get(0))
                    .hasMessage("Kafka has no topic \"made.by.hand\": create it with cleanup.policy=compact, or set"
                            + " statesync.kafka.create-topic=true");

            admin.createTopics(List.of(new NewTopic("made.by.hand", 1, (short) 1)))
                    .all()
                    .get();
            await("it is active").until(active::isDone);
            publisher.publish(InvalidationEvent.of("prices", new Revision(2)));

            await().until(() -> handler.revisions().contains("2"));
        }
    }

    @Test
    void partitionsThatAreAddedAreRead() throws Exception {
        KafkaChannel channel = KafkaChannel.DEFAULT.named("growing");
        try (KafkaTransport transport = listening(channel)) {
            admin.createPartitions(Map.of("growing", NewPartitions.increaseTo(4)))
                    .all()
                    .get();
            try (KafkaPublisher publisher = TestTransports.announcing(server.clients(), channel)) {
                for (int i = 0; i < 40; i++) {
                    String topic = "topic-" + i;
                    transport.subscribe(topic, handler);
                    publisher.publish(InvalidationEvent.of(topic, new Revision(i)));
                }

                await("all partitions are read").until(() -> handler.revisions().size() == 40);
            }
            assertThat(handler.connectionsLost()).isZero();
        }
    }

    @Test
    void aPlaceThatIsGoneIsALossAndAReturn() throws Exception {
        KafkaChannel channel = KafkaChannel.DEFAULT.named("gone");
        try (KafkaTransport transport = listening(channel);
                KafkaPublisher publisher = TestTransports.announcing(server.clients(), channel)) {
            publisher.publish(InvalidationEvent.of("prices", new Revision(1)));
            await().until(() -> handler.revisions().contains("1"));

            admin.deleteTopics(List.of("gone")).all().get();

            await("the loss and the return are told")
                    .until(() -> handler.connectionsLost() > 0 && handler.connectionsRestored() > 0);
            await("events flow again").until(() -> {
                publisher.publish(InvalidationEvent.of("prices", new Revision(2)));
                return handler.revisions().contains("2");
            });
            assertThat(cleanupPolicy("gone")).isEqualTo("compact");
            assertThat(transport).isNotNull();
        }
    }

    @Test
    void whatNamesNoTopicIsReportedOnceAndChannelsDoNotHearEachOther() {
        KafkaChannel one = KafkaChannel.DEFAULT.named("one");
        KafkaChannel two = KafkaChannel.DEFAULT.named("two");
        List<SyncErrorContext> errors = new CopyOnWriteArrayList<>();
        SyncListener listener = new SyncListener() {
            @Override
            public void onError(SyncErrorContext context) {
                errors.add(context);
            }
        };
        try (KafkaTransport transport = TestTransports.listening(server.clients())
                        .channel(one)
                        .listener(listener)
                        .build();
                KafkaPublisher elsewhere = TestTransports.announcing(server.clients(), two)) {
            transport
                    .subscribe("prices", handler)
                    .active()
                    .toCompletableFuture()
                    .join();
            elsewhere.publish(InvalidationEvent.of("prices", new Revision(1)));
            TestTransports.send(server.clients(), "one", "hello".getBytes(StandardCharsets.UTF_8));

            await("it is reported").until(() -> errors.size() == 1);
            assertThat(errors.get(0).topic()).isNull();
            assertThat(errors.get(0).error()).hasMessageContaining("not strict JSON");
            assertThat(handler.received()).isEmpty();
            assertThat(handler.malformed()).isEmpty();
        }
    }

    private KafkaTransport listening(KafkaChannel channel) {
        KafkaTransport transport =
                TestTransports.listening(server.clients()).channel(channel).build();
        transport.subscribe("prices", handler).active().toCompletableFuture().join();
        return transport;
    }

    private static Set<String> names() throws Exception {
        return admin.listTopics().names().get();
    }

    private static String cleanupPolicy(String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get("cleanup.policy")
                .value();
    }
}
