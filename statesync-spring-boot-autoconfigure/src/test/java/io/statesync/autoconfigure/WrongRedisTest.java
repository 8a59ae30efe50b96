package io.statesync.autoconfigure;

import io.statesync.source.RevisionCounter;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Redis that is held wrong. */
class WrongRedisTest {

    private static final String COUNTED = "statesync.counter=redis";
    private static final String HEARD = "statesync.sources.cache.events=redis";
    private static final String READ = "statesync.sources.cache.snapshots=redis";

    private static final ApplicationContextRunner RUNNER = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StateSyncAutoConfiguration.class,
                    StateSyncHttpAutoConfiguration.class,
                    StateSyncRedisAutoConfiguration.class));

    private static final ApplicationContextRunner REDIS = RUNNER.withConfiguration(
                    AutoConfigurations.of(DataRedisAutoConfiguration.class))
            .withPropertyValues("spring.data.redis.port=1");

    static Stream<WrongSetup> all() {
        return Stream.of(
                wrong(
                                "a counter in Redis whose library is missing",
                                REDIS.withClassLoader(new FilteredClassLoader("org.springframework.data.redis"))
                                        .withPropertyValues(COUNTED))
                        .says("statesync.counter names \"redis\", which is not here.")
                        .advises("spring-boot-starter-data-redis"),
                wrong(
                                "events of Redis whose library is missing",
                                REDIS.withClassLoader(new FilteredClassLoader("io.lettuce"))
                                        .withUserConfiguration(Replica.class)
                                        .withPropertyValues(HEARD, READ))
                        .says("statesync.sources.cache.events names \"redis\", which is not here.")
                        .advises("spring-boot-starter-data-redis"),
                wrong("a counter without Redis", RUNNER.withPropertyValues(COUNTED))
                        .says("statesync.counter=redis needs Redis, but there is no RedisConnectionFactory bean.")
                        .advises("spring.data.redis"),
                wrong(
                                "snapshots without Redis",
                                RUNNER.withUserConfiguration(Replica.class).withPropertyValues(READ))
                        .says("statesync.sources.cache.snapshots=redis needs Redis")
                        .advises("spring-boot-starter-data-redis"),
                wrong(
                                "several connection factories of which none is primary",
                                RUNNER.withUserConfiguration(TwoServers.class)
                                        .withPropertyValues("statesync.announce=redis"))
                        .says(
                                "statesync.announce=redis needs Redis, but there are several RedisConnectionFactory beans.")
                        .advises("@Primary"),
                wrong(
                                "events of Redis over another client",
                                RUNNER.withBean(RedisConnectionFactory.class, WrongRedisTest::otherClient)
                                        .withUserConfiguration(Replica.class)
                                        .withPropertyValues(HEARD, READ))
                        .says(
                                "statesync.sources.cache.events=redis needs Lettuce, but the RedisConnectionFactory is a ")
                        .advises("LettuceConnectionFactory"),
                wrong(
                                "a counter in a Redis that is not there",
                                REDIS.withUserConfiguration(Source.class).withPropertyValues(COUNTED))
                        .says(
                                "The topics [prices] have no revisions, since the counter does not answer: ",
                                "Connection refused")
                        .advises("Start what statesync.counter names"),
                wrong(
                                "a counter of the application beside that in Redis",
                                REDIS.withBean(RevisionCounter.class, RevisionCounter::sequential)
                                        .withPropertyValues(COUNTED))
                        .says("the application's own RevisionCounter bean comes before it")
                        .advises("Remove the bean"),
                wrong("a prefix of keys that is none", REDIS.withPropertyValues(COUNTED, "statesync.redis.key-prefix="))
                        .says("statesync.redis.key-prefix: \"\" is no prefix of keys")
                        .advises("\"statesync:\""),
                wrong("a channel of Redis that is none", REDIS.withPropertyValues("statesync.redis.channel="))
                        .says("statesync.redis.channel: \"\" is no name of a channel")
                        .advises("\"statesync\""));
    }

    @ParameterizedTest
    @MethodSource("all")
    void saysWhatIsWrongAndWhatToWrite(WrongSetup wrong) {
        wrong.check();
    }

    private static WrongSetup wrong(String what, ApplicationContextRunner runner) {
        return new WrongSetup(what, runner, List.of(), List.of());
    }

    private static RedisConnectionFactory otherClient() {
        return (RedisConnectionFactory) Proxy.newProxyInstance(
                WrongRedisTest.class.getClassLoader(),
                new Class<?>[] {RedisConnectionFactory.class},
                (proxy, method, arguments) -> null);
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoServers {

        @Bean
        LettuceConnectionFactory first() {
            return new LettuceConnectionFactory();
        }

        @Bean
        LettuceConnectionFactory second() {
            return new LettuceConnectionFactory();
        }
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
