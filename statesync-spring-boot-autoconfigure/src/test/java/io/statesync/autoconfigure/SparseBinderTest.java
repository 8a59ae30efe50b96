package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Binding what is written gives what Spring Boot gives, which binds everything. */
class SparseBinderTest {

    @Test
    void defaultsAreWhatTheAnnotationsSay() {
        ConfigurableEnvironment nothing = environment(Map.of());

        assertThat(DefaultProperties.ALL).isEqualTo(SettingsReader.inFull(nothing));
        assertThat(sparse(nothing)).isSameAs(DefaultProperties.ALL);
    }

    @Test
    void whatATopicOrASourceDoesNotSayIsWhatTheAnnotationsSay() {
        StateSyncProperties full = SettingsReader.inFull(
                environment(Map.of("statesync.topics.t.source", "s", "statesync.sources.s.events", "e")));

        assertThat(full.topics().get("t"))
                .hasToString(DefaultProperties.TOPIC.toString().replace("source=null", "source=s"));
        assertThat(full.sources().get("s"))
                .hasToString(DefaultProperties.SOURCE.toString().replace("events=null", "events=e"));
    }

    @Test
    void allKindsOfValuesAreBoundAsInFull() {
        ConfigurableEnvironment environment = environment(Map.ofEntries(
                Map.entry("statesync.topics.price-list.type", "java.lang.String"),
                Map.entry("statesync.topics.price-list.fetchTimeout", "7s"),
                Map.entry("statesync.topics.price-list.catch_up.max", "${longest:9s}"),
                Map.entry("statesync.topics[feature.flags].expose", "yes"),
                Map.entry("statesync.topics.Price.persistence.schema-version", "3"),
                Map.entry("statesync.sources.shop.urls[0]", "https://one"),
                Map.entry("statesync.sources.shop.urls[1]", "https://two"),
                Map.entry("statesync.sources.shop.maxSnapshotSize", "1MB"),
                Map.entry("statesync.announce", "redis,kafka"),
                Map.entry("statesync.defaults.startup", "background"),
                Map.entry("statesync.kafka.replicas", "2"),
                Map.entry("statesync.mutations.retry.jitter", "0.5"),
                Map.entry("statesync.enabled", "true")));

        assertThat(sparse(environment)).isNotNull().isEqualTo(SettingsReader.inFull(environment));
    }

    @Test
    void variablesOfTheEnvironmentAreBoundAsInFull() {
        ConfigurableEnvironment environment = environment(Map.of(
                "statesync.topics.price-list.type", "java.lang.String", "statesync.topics.stock.source", "shop"));
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of(
                                "STATESYNC_TOPICS_PRICELIST_STARTUP", "background",
                                "STATESYNC_TOPICS_FLAGS_EXPOSE", "true",
                                "STATESYNC_TOPICS_TWO_WORDS_EXPOSE", "true",
                                "STATESYNC_DEFAULTS_FETCH_TIMEOUT", "3s",
                                "STATESYNC_DEFAULTS_STOPTIMEOUT", "4s",
                                "STATESYNC_SOURCES_SHOP_URLS", "https://shop",
                                "STATESYNC_NONSENSE", "is not ours")));

        StateSyncProperties bound = sparse(environment);

        assertThat(bound).isNotNull().isEqualTo(SettingsReader.inFull(environment));
        assertThat(bound.defaults().fetchTimeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void theFirstSourceWins() {
        ConfigurableEnvironment environment = environment(Map.of("statesync.topics.a.fetch-timeout", "1s"));
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("first", Map.of("statesync.topics.a.fetchtimeout", "2s")));

        assertThat(sparse(environment)).isNotNull().isEqualTo(SettingsReader.inFull(environment));
    }

    @Test
    void whatIsWrongIsLeftToWhoeverBindsInFull() {
        List<String> wrong = List.of(
                "statesync.topics.a.tpye",
                "statesync.topics.a",
                "statesync.topics",
                "statesync.topics.a.type.of",
                "statesync.topics.a.fetch-timeout",
                "statesync.defaults",
                "statesync.nothing",
                "statesync.sources.s.urls[1]");
        for (String key : wrong) {
            assertThat(sparse(environment(Map.of(key, "soon")))).as(key).isNull();
        }
    }

    @Test
    void aSourceThatCannotListItsKeysIsReadInFull() {
        ConfigurableEnvironment environment = environment(Map.of());
        environment.getPropertySources().addFirst(new PropertySource<>("vault", "lists nothing") {
            @Override
            public Object getProperty(String name) {
                return name.equals("statesync.counter") ? "jdbc" : null;
            }
        });

        assertThat(sparse(environment)).isNull();
        assertThat(SettingsReader.read(environment).properties().counter()).isEqualTo("jdbc");
    }

    private static StateSyncProperties sparse(ConfigurableEnvironment environment) {
        return SparseBinder.bind(environment, WrittenKeys.of(environment));
    }

    private static ConfigurableEnvironment environment(Map<String, Object> written) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment.getPropertySources().addLast(new MapPropertySource("written", written));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
