package io.statesync.autoconfigure;

import io.statesync.spring.SyncedTopic;
import io.statesync.state.SyncedState;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/** Kafka that is held wrong. */
class WrongKafkaTest {

    private static final ApplicationContextRunner BARE = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StateSyncAutoConfiguration.class,
                    StateSyncHttpAutoConfiguration.class,
                    StateSyncKafkaAutoConfiguration.class));

    private static final ApplicationContextRunner KAFKA =
            BARE.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class));

    private static final ApplicationContextRunner REPLICA = BARE.withUserConfiguration(Replica.class)
            .withPropertyValues(
                    "statesync.sources.shop.urls=http://localhost:9", "statesync.sources.shop.events=kafka");

    static Stream<WrongSetup> all() {
        return Stream.of(
                wrong(
                                "announcements over Kafka whose library is missing",
                                BARE.withClassLoader(new FilteredClassLoader("org.springframework.kafka"))
                                        .withPropertyValues("statesync.announce=kafka"))
                        .says("statesync.announce names \"kafka\", which is not here.")
                        .advises("spring-boot-starter-kafka"),
                wrong(
                                "events over Kafka whose library is missing",
                                REPLICA.withClassLoader(new FilteredClassLoader("org.apache.kafka")))
                        .says("statesync.sources.shop.events names", "\"kafka\", which is not here.")
                        .advises("spring-boot-starter-kafka"),
                wrong(
                                "announcements over a Kafka that nobody knows the way to",
                                BARE.withPropertyValues("statesync.announce=kafka"))
                        .says("statesync.announce=kafka needs to know how Kafka is reached, but there is no"
                                + " ProducerFactory bean.")
                        .advises("spring.kafka.bootstrap-servers"),
                wrong("events over a Kafka that nobody knows the way to", REPLICA)
                        .says("statesync.sources.shop.events=kafka needs to know how Kafka is reached, but there is no"
                                + " ConsumerFactory bean.")
                        .advises("spring.kafka.bootstrap-servers"),
                wrong("several ways to Kafka of which none is the first", REPLICA.withUserConfiguration(TwoWays.class))
                        .says("but there are several ConsumerFactory beans.")
                        .advises("@Primary"),
                wrong(
                                "a topic that Kafka cannot have",
                                KAFKA.withPropertyValues("statesync.announce=kafka", "statesync.kafka.topic=my topic"))
                        .says("statesync.kafka", "\"my topic\" is no name of a Kafka topic")
                        .advises("statesync.kafka.topic"),
                wrong(
                                "a Kafka topic without partitions",
                                KAFKA.withPropertyValues("statesync.announce=kafka", "statesync.kafka.partitions=0"))
                        .says("a Kafka topic has at least 1 partition, not 0")
                        .advises(".partitions"),
                wrong(
                                "a Kafka topic without replicas",
                                KAFKA.withPropertyValues("statesync.announce=kafka", "statesync.kafka.replicas=0"))
                        .says("a Kafka topic has at least 1 replica, or -1")
                        .advises(".replicas"),
                wrong(
                                "a key of Kafka that nobody knows",
                                KAFKA.withPropertyValues("statesync.kafka.create-topics=true"))
                        .says("statesync.kafka.create-topics is no property of StateSync")
                        .advises("Did you mean statesync.kafka.create-topic?"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void saysWhatIsWrongAndWhatToWrite(WrongSetup wrong) {
        wrong.check();
    }

    private static WrongSetup wrong(String what, ApplicationContextRunner runner) {
        return new WrongSetup(what, runner, List.of(), List.of());
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoWays {

        @Bean
        ConsumerFactory<String, String> first() {
            return new DefaultKafkaConsumerFactory<>(Map.of());
        }

        @Bean
        ConsumerFactory<String, String> second() {
            return new DefaultKafkaConsumerFactory<>(Map.of());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Replica {

        @Bean
        @SyncedTopic("rates")
        SyncedState<String> rates() {
            return SyncedState.create();
        }
    }
}
