package io.statesync.autoconfigure;

import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Brokers that are held wrong, and other ways between instances. */
class WrongRelayTest {

    private static final ApplicationContextRunner RUNNER = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SslAutoConfiguration.class,
                    StateSyncAutoConfiguration.class,
                    StateSyncHttpAutoConfiguration.class,
                    StateSyncJdbcAutoConfiguration.class,
                    StateSyncPostgresAutoConfiguration.class,
                    StateSyncRelayAutoConfiguration.class));

    static Stream<WrongSetup> all() {
        return Stream.of(
                wrong(
                                "announcements of a database that only the application knows",
                                RUNNER.withBean(
                                                DataSource.class,
                                                () -> JdbcConnectionPool.create(
                                                        "jdbc:h2:mem:" + UUID.randomUUID(), "sa", ""))
                                        .withUserConfiguration(Source.class)
                                        .withPropertyValues("statesync.announce=postgres"))
                        .says("statesync.announce=postgres needs a connection of its own")
                        .advises("statesync.postgres.url"),
                wrong("a broker that nobody described", RUNNER.withPropertyValues("statesync.announce=relay"))
                        .says(
                                "statesync.announce=relay needs a broker that speaks STOMP, but nothing says where it is.")
                        .advises("statesync.relay.host"),
                wrong(
                                "events of a broker that nobody described",
                                RUNNER.withUserConfiguration(Replica.class)
                                        .withPropertyValues(
                                                "statesync.sources.shop.events=relay",
                                                "statesync.sources.shop.urls=http://localhost:1"))
                        .says("statesync.sources.shop.events=relay needs a broker")
                        .advises("statesync.relay.host"),
                wrong(
                                "a port that is none",
                                RUNNER.withPropertyValues(
                                        "statesync.announce=relay",
                                        "statesync.relay.host=broker",
                                        "statesync.relay.port=0"))
                        .says("statesync.relay: the port of the broker must be 1 to 65535, got 0.")
                        .advises(".port"),
                wrong(
                                "an SSL bundle of the broker that is not there",
                                RUNNER.withPropertyValues(
                                        "statesync.announce=relay",
                                        "statesync.relay.host=broker",
                                        "statesync.relay.ssl-bundle=brokre"))
                        .says("statesync.relay.ssl-bundle names the unknown SSL bundle \"brokre\".")
                        .advises("spring.ssl.bundle"));
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
    static class Source {

        @TopicSource("prices")
        String prices() {
            return "none";
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
