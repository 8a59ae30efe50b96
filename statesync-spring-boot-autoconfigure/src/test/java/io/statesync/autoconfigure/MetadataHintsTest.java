package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.OnRegression;
import io.statesync.spring.AnnouncementDriver;
import io.statesync.spring.CounterDriver;
import io.statesync.spring.EventDriver;
import io.statesync.spring.IntegrityCheck;
import io.statesync.spring.PersistenceSettings;
import io.statesync.spring.SnapshotDriver;
import io.statesync.spring.SnapshotStorageDriver;
import io.statesync.spring.SourceSettings;
import io.statesync.spring.Startup;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor offers as values is what there is. */
class MetadataHintsTest {

    @Test
    void theValuesOfEnumsAreTheirConstants() throws IOException {
        Map<String, List<String>> hints = hints();
        assertThat(hints.get("statesync.defaults.startup")).containsExactlyElementsOf(constants(Startup.values()));
        assertThat(hints.get("statesync.defaults.on-regression"))
                .containsExactlyElementsOf(constants(OnRegression.values()));
        assertThat(hints.get("statesync.defaults.persistence.integrity"))
                .isEqualTo(hints.get("statesync.topics.*.persistence.integrity"))
                .containsExactlyElementsOf(constants(IntegrityCheck.values()));
    }

    @Test
    void theTransportsAreDriversThatAreHere() throws IOException {
        Map<String, List<String>> hints = hints();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        StateSyncAutoConfiguration.class,
                        StateSyncHttpAutoConfiguration.class,
                        StateSyncStompAutoConfiguration.class,
                        StateSyncJdbcAutoConfiguration.class,
                        StateSyncPostgresAutoConfiguration.class,
                        StateSyncRedisAutoConfiguration.class,
                        StateSyncKafkaAutoConfiguration.class,
                        StateSyncRelayAutoConfiguration.class))
                .run(context -> {
                    assertThat(context.getBeanProvider(AnnouncementDriver.class).stream()
                                    .map(AnnouncementDriver::name))
                            .containsExactlyInAnyOrderElementsOf(hints.get("statesync.announce"));
                    assertThat(Stream.concat(
                                    Stream.of("memory"),
                                    context.getBeanProvider(CounterDriver.class).stream()
                                            .map(CounterDriver::name)))
                            .containsExactlyInAnyOrderElementsOf(hints.get("statesync.counter"));
                    assertThat(context.getBeanProvider(EventDriver.class).stream()
                                    .map(EventDriver::name))
                            .containsExactlyInAnyOrderElementsOf(hints.get("statesync.sources.*.events"));
                    assertThat(Stream.concat(
                                    Stream.of(SourceSettings.LOCAL),
                                    context.getBeanProvider(SnapshotDriver.class).stream()
                                            .map(SnapshotDriver::name)))
                            .containsExactlyInAnyOrderElementsOf(hints.get("statesync.sources.*.snapshots"));
                    assertThat(Stream.concat(
                                    Stream.of(PersistenceSettings.NONE),
                                    context.getBeanProvider(SnapshotStorageDriver.class).stream()
                                            .map(SnapshotStorageDriver::name)))
                            .containsExactlyInAnyOrderElementsOf(hints.get("statesync.defaults.persistence.storage"))
                            .containsExactlyInAnyOrderElementsOf(hints.get("statesync.topics.*.persistence.storage"));
                });
    }

    @Test
    void theNamesOfTopicsAndSourcesAreFree() throws IOException {
        assertThat(hints())
                .containsKeys("statesync.topics.keys", "statesync.sources.keys", "statesync.server.allowed-origins");
    }

    private static List<String> constants(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(it -> it.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    private static Map<String, List<String>> hints() throws IOException {
        Map<String, List<String>> hints = new TreeMap<>();
        try (InputStream json =
                MetadataHintsTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode hint : JsonMapper.shared().readTree(json).get("hints")) {
                List<String> values = new ArrayList<>();
                for (JsonNode value : hint.get("values")) {
                    assertThat(value.get("description").asString()).endsWith(".");
                    values.add(value.get("value").asString());
                }
                hints.put(hint.get("name").asString(), values);
            }
        }
        return hints;
    }
}
