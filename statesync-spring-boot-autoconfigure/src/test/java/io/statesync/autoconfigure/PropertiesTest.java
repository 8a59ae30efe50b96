package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.RevisionSync;
import io.statesync.policy.RetryAfter;
import io.statesync.policy.Throttling;
import io.statesync.spring.Replica;
import io.statesync.spring.Replicas;
import io.statesync.spring.Startup;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSettings;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PropertiesTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StateSyncAutoConfiguration.class,
                    StateSyncHttpAutoConfiguration.class,
                    StateSyncStompAutoConfiguration.class))
            .withUserConfiguration(Application.class)
            .withPropertyValues(
                    "statesync.sources.shop.urls=http://localhost:9", "statesync.defaults.startup=background");

    @Test
    void everyPropertyHasADescription() throws Exception {
        try (InputStream json = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonNode properties = JsonMapper.shared().readTree(json).get("properties");
            Set<String> names = new LinkedHashSet<>();
            for (JsonNode property : properties) {
                names.add(property.get("name").asString());
                assertThat(property.path("description").asString(""))
                        .as(property.get("name").asString())
                        .endsWith(".");
            }
            assertThat(names).contains("statesync.topics", "statesync.sources", "statesync.defaults.startup");
        }
    }

    @Test
    void whatATopicDoesNotSayItHasFromTheDefaults() {
        runner.withPropertyValues(
                        "statesync.defaults.fetch-timeout=7s",
                        "statesync.topics.price-list.startup=required",
                        "statesync.topics.price-list.startup-timeout=1ms")
                .run(context -> {
                    Replica replica = context.getBean(Replicas.class).all().get(0);
                    assertThat(replica.topic()).isEqualTo("price-list");
                    assertThat(replica.settings().startup()).isEqualTo(Startup.REQUIRED);
                    assertThat(replica.settings().fetchTimeout()).hasSeconds(7);
                    assertThat(replica.settings().startupTimeout()).hasMillis(1);
                    assertThat(replica.source().source()).isEqualTo("\"shop\" [http://localhost:9]");
                });
    }

    @Test
    void aTopicHasItsOwnThrottlingRetryAndDelays() {
        runner.withPropertyValues(
                        "statesync.defaults.throttling.throttle=1s",
                        "statesync.defaults.throttling.leading=false",
                        "statesync.defaults.throttling.debounce=2s",
                        "statesync.defaults.throttling.max-wait=3s",
                        "statesync.defaults.retry.max=1s",
                        "statesync.topics.price-list.throttling.debounce=5s",
                        "statesync.topics.price-list.retry.max-attempts=4",
                        "statesync.topics.price-list.catch-up.max=1m",
                        "statesync.topics.price-list.stop-timeout=1s")
                .run(context -> {
                    TopicSettings own =
                            context.getBean(Replicas.class).all().get(0).settings();
                    assertThat(own.throttling())
                            .isEqualTo(new Throttling(
                                    Duration.ofSeconds(5), Duration.ofSeconds(50), Duration.ofSeconds(1), false));
                    assertThat(own.retry()).isNotNull();
                    assertThat(own.retry().maxAttempts()).isEqualTo(4);
                    assertThat(own.retry().backoff().max()).hasSeconds(1);
                    assertThat(own.retry().delayAfter(3, new IllegalStateException()))
                            .isNotNull();
                    assertThat(own.retry().delayAfter(1, new Busy())).isNull();
                    assertThat(own.catchUp().initial()).hasMillis(200);
                    assertThat(own.catchUp().max()).hasMinutes(1);
                    assertThat(own.stopTimeout()).hasSeconds(1);
                });
    }

    @Test
    void aTopicCanSwitchOffWhatTheDefaultsSwitchOn() {
        runner.withPropertyValues(
                        "statesync.defaults.throttling.throttle=1s",
                        "statesync.defaults.throttling.leading=false",
                        "statesync.defaults.throttling.debounce=2s",
                        "statesync.defaults.throttling.max-wait=3s",
                        "statesync.defaults.retry.max-attempts=3",
                        "statesync.topics.price-list.throttling.debounce=0",
                        "statesync.topics.price-list.throttling.throttle=0",
                        "statesync.topics.price-list.retry.max-attempts=1")
                .run(context -> {
                    TopicSettings own =
                            context.getBean(Replicas.class).all().get(0).settings();
                    assertThat(own.throttling()).isEqualTo(Throttling.NONE);
                    assertThat(own.retry()).isNull();
                });
    }

    @Test
    void anEnvironmentVariableChangesATopicAndMakesNoPhantomBesideIt() {
        runner.withInitializer(context -> {
                    context.getEnvironment()
                            .getPropertySources()
                            .addFirst(new MapPropertySource(
                                    "file", Map.of("statesync.topics.price-list.startup-timeout", "3s")));
                    context.getEnvironment()
                            .getPropertySources()
                            .addFirst(new SystemEnvironmentPropertySource(
                                    "systemEnvironment", Map.of("STATESYNC_TOPICS_PRICELIST_FETCHTIMEOUT", "9s")));
                })
                .run(context -> {
                    assertThat(context.getBeansOfType(RevisionSync.class)).hasSize(1);
                    Replica replica = context.getBean(Replicas.class).all().get(0);
                    assertThat(replica.settings().fetchTimeout()).hasSeconds(9);
                    assertThat(replica.settings().startupTimeout()).hasSeconds(3);
                });
    }

    @Test
    void aNameInBracketsMayHoldDotsAndColons() {
        runner.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource(
                                "file",
                                Map.of(
                                        "statesync.topics[feature.flags].type",
                                        "java.lang.String",
                                        "statesync.topics[cache:user:1].type",
                                        "java.lang.String"))))
                .run(context -> assertThat(context.getBean(Replicas.class).all())
                        .extracting(Replica::topic)
                        .containsExactly("cache:user:1", "feature.flags", "price-list"));
    }

    /** The source says when to come again: the catch-up's business, not the retry's. */
    private static final class Busy extends Exception implements RetryAfter {
        private static final long serialVersionUID = 1L;

        @Override
        public Duration retryAfter() {
            return Duration.ofSeconds(30);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {
        @SyncedTopic("price-list")
        void apply(String prices) {}
    }
}
