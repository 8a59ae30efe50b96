package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.statesync.autoconfigure.InMemoryShop;
import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.autoconfigure.TodoApplication;
import io.statesync.autoconfigure.TodoBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The meters that the dashboard and the alerts of {@code docs/grafana} ask for are there, by the names that Prometheus has. */
class GrafanaTest {

    private static final Path FOLDER = Path.of("../docs/grafana");
    private static final Pattern NAME = Pattern.compile("\\bstatesync_\\w+");

    @TempDir
    private Path directory;

    @Test
    void everyMeterOfTheDashboardIsThere() throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(FOLDER.resolve("statesync.json")));
        List<String> expressions = dashboard.findValuesAsString("expr");
        dashboard
                .get("templating")
                .get("list")
                .forEach(it -> expressions.add(it.get("query").asString()));

        assertThat(expressions).hasSizeGreaterThan(12);
        assertThat(metered()).containsAll(names(expressions));
    }

    @Test
    void everyMeterOfTheAlertsIsThere() throws IOException {
        List<String> expressions = new ArrayList<>();
        Map<String, List<Map<String, List<Map<String, Object>>>>> rules =
                new Yaml().load(Files.readString(FOLDER.resolve("alerts.yml")));
        rules.get("groups").get(0).get("rules").forEach(rule -> expressions.add((String) rule.get("expr")));

        assertThat(expressions).hasSizeGreaterThan(5);
        assertThat(metered()).containsAll(names(expressions));
    }

    @Test
    void everyAlertIsInTheRunbook() throws IOException {
        String page = Files.readString(Path.of("../docs/operations.md"));
        assertThat(Pattern.compile("alert: (\\w+)")
                        .matcher(Files.readString(FOLDER.resolve("alerts.yml")))
                        .results()
                        .map(it -> "| `" + it.group(1) + "` |"))
                .isNotEmpty()
                .allMatch(page::contains);
    }

    private static Set<String> names(List<String> expressions) {
        return expressions.stream()
                .flatMap(expression -> NAME.matcher(expression).results().map(it -> it.group()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of an application with a collection, and of one with a topic that is persisted. */
    private Set<String> metered() {
        Set<String> names = new TreeSet<>();
        ApplicationContextRunner collection = TodoApplication.runner(new TodoBackend(), directory)
                .withConfiguration(AutoConfigurations.of(StateSyncTransactionMetricsAutoConfiguration.class));
        ApplicationContextRunner persisted = new InMemoryShop<>("stock", "first")
                .serve(new ApplicationContextRunner()
                        .withConfiguration(
                                AutoConfigurations.of(JacksonAutoConfiguration.class, StateSyncAutoConfiguration.class))
                        .withUserConfiguration(PersistenceActuatorTest.Application.class)
                        .withPropertyValues(
                                "statesync.topics.stock.persistence.storage=file",
                                "statesync.persistence.file.directory=" + directory.resolve("persisted")));
        for (ApplicationContextRunner application : List.of(collection, persisted)) {
            application
                    .withConfiguration(AutoConfigurations.of(StateSyncMetricsAutoConfiguration.class))
                    .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                    .run(context -> context.getBean(MeterRegistry.class)
                            .getMeters()
                            .forEach(meter -> inPrometheus(meter).forEach(names::add)));
        }
        return names;
    }

    /* As Micrometer's naming convention for Prometheus writes them. */
    private static Stream<String> inPrometheus(Meter meter) {
        String name = meter.getId().getName().replace('.', '_');
        String unit = meter.getId().getBaseUnit();
        String united = unit == null || name.endsWith("_" + unit) ? name : name + "_" + unit;
        return switch (meter.getId().getType()) {
            case COUNTER -> Stream.of(united + "_total");
            case TIMER -> Stream.of("_count", "_sum", "_max").map(it -> name + "_seconds" + it);
            case DISTRIBUTION_SUMMARY -> Stream.of("_count", "_sum", "_max").map(it -> united + it);
            default -> Stream.of(united);
        };
    }
}
