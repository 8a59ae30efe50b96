package io.statesync.spring.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.state.MapChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/** A topic as a property source, without Spring Boot. */
class EnvironmentApplierTest {

    private final ConfigurableEnvironment environment = new StandardEnvironment();
    private final List<String> steps = new ArrayList<>();
    private long revision;

    @Test
    void nestedDataHasTheFlatNamesOfYaml() throws Exception {
        EnvironmentApplier<Map<String, Object>> applier = applier("topic");
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("feature.maxItems", 5);
        data.put("checkout", Map.of("steps", List.of("cart", Map.of("name", "pay"))));
        data.put("[odd.key]", true);
        data.put("none", List.of());
        data.put("empty", Map.of());
        data.put("nothing", null);
        data.put("array", new String[] {"x"});
        apply(applier, data);

        assertThat(applier.properties())
                .isEqualTo(Map.of(
                        "feature.maxItems", 5,
                        "checkout.steps[0]", "cart",
                        "checkout.steps[1].name", "pay",
                        "[odd.key]", true,
                        "none", "",
                        "nothing", "",
                        "array[0]", "x"));
        EnumerablePropertySource<?> source =
                (EnumerablePropertySource<?>) environment.getPropertySources().get("topic");
        assertThat(source.getPropertyNames())
                .containsExactlyInAnyOrderElementsOf(applier.properties().keySet());
        assertThat(source.containsProperty("checkout")).isFalse();
        assertThat(environment.getProperty("feature.maxItems", int.class)).isEqualTo(5);
    }

    @Test
    void whatAnOperatorSaysWinsAndConfigurationFilesDoNot() throws Exception {
        environment.getPropertySources().addFirst(new MapPropertySource("commandLineArgs", Map.of("a", "line")));
        environment.getPropertySources().addLast(new MapPropertySource("application.yml", Map.of("c", 0, "d", 0)));
        EnvironmentApplier<Map<String, Object>> first = applier("first");
        EnvironmentApplier<Map<String, Object>> second = applier("second");
        apply(first, Map.of("a", 1, "b", 1, "c", 1));
        apply(second, Map.of("b", 2, "e", 2));

        assertThat(environment.getPropertySources().stream().map(PropertySource::getName))
                .containsExactly(
                        "commandLineArgs",
                        "systemProperties",
                        "systemEnvironment",
                        "first",
                        "second",
                        "application.yml");
        assertThat(environment.getProperty("a")).isEqualTo("line");
        assertThat(environment.getProperty("b")).isEqualTo("1");
        assertThat(environment.getProperty("c")).isEqualTo("1");
        assertThat(environment.getProperty("d")).isEqualTo("0");
        assertThat(environment.getProperty("e")).isEqualTo("2");
        apply(first, Map.of());
        assertThat(environment.getProperty("b")).isEqualTo("2");
        assertThat(environment.getProperty("c")).isEqualTo("0");
    }

    @Test
    void whereNobodyIsAnOperatorTopicsComeFirst() {
        ConfigurableEnvironment bare = new StandardEnvironment();
        List.of("systemProperties", "systemEnvironment").forEach(bare.getPropertySources()::remove);
        bare.getPropertySources().addLast(new MapPropertySource("application.yml", Map.of()));
        EnvironmentApplier.into(bare, "topic").build();
        assertThat(bare.getPropertySources().stream().map(PropertySource::getName))
                .containsExactly("topic", "application.yml");
    }

    @Test
    void belowAPrefixAndGoneWhenClosed() throws Exception {
        EnvironmentApplier<Map<String, Object>> applier = EnvironmentApplier.into(environment, "topic")
                .under("shop.features")
                .build();
        apply(applier, Map.of("beta", true));
        assertThat(environment.getProperty("shop.features.beta", boolean.class)).isTrue();
        applier.close();
        applier.close();
        assertThat(environment.getProperty("shop.features.beta")).isNull();
    }

    @Test
    void namesThatCannotBeAreRefused() {
        applier("topic");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> applier("topic"))
                .withMessageContaining("\"topic\" already");
        for (String prefix : List.of(" ", "a.", ".a")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> EnvironmentApplier.into(environment, "other").under(prefix))
                    .withMessageContaining("\"other\"");
        }
    }

    @Test
    void bindingsSeeTheNewPropertiesBeforeAllOthersDo() throws Exception {
        EnvironmentApplier<Map<String, Object>> applier = applier("topic");
        apply(applier, Map.of("a", 1));
        applier.bind(change -> {
            steps.add("prepare " + environment.getProperty("a") + ", others see "
                    + CompletableFuture.supplyAsync(() -> environment.getProperty("a"))
                            .join());
            return step("commit", false);
        });
        applier.onChange(change -> steps.add("heard of " + change.keys()), Runnable::run);

        apply(applier, Map.of("a", 2));
        apply(applier, Map.of("a", 2));

        assertThat(steps).containsExactly("prepare 2, others see 1", "commit 2", "heard of [a]");
    }

    @Test
    void whatOneCannotTakeNobodyGets() throws Exception {
        EnvironmentApplier<Map<String, Object>> applier = applier("topic");
        apply(applier, Map.of("a", 1));
        applier.bind(change -> step("first", false));
        applier.bind(change -> {
            if (change.after().get("a").equals(3)) {
                throw new IllegalStateException("not prepared");
            }
            return step("second", true);
        });
        applier.onChange(change -> steps.add("heard"), Runnable::run);

        assertThatThrownBy(() -> apply(applier, Map.of("a", 2))).hasMessage("second not committed");
        assertThat(steps).containsExactly("first 2", "second 2", "first taken back at 1");
        assertThat(environment.getProperty("a")).isEqualTo("1");
        assertThatThrownBy(() -> apply(applier, Map.of("a", 3))).hasMessage("not prepared");
        assertThat(environment.getProperty("a")).isEqualTo("1");
        assertThat(steps).hasSize(3);
    }

    @Test
    void aChangeSaysWhatItWas() throws Exception {
        EnvironmentApplier<Map<String, Object>> applier = applier("topic");
        List<MapChange<String, Object>> changes = new ArrayList<>();
        applier.onChange(changes::add, Runnable::run);
        apply(applier, Map.of("a", Arrays.asList(1, 2)));
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).before()).isEmpty();
        assertThat(changes.get(0).added()).containsExactly("a[0]", "a[1]");
        assertThat(changes.get(0).revision()).isEqualTo(new Revision(1));
        assertThat(changes.get(0).cause()).isNull();
    }

    private EnvironmentBinding.Prepared step(String name, boolean fails) {
        return new EnvironmentBinding.Prepared() {
            @Override
            public void commit() {
                steps.add(name + " " + environment.getProperty("a"));
                if (fails) {
                    throw new IllegalStateException(name + " not committed");
                }
            }

            @Override
            public void rollback() {
                steps.add(name + " taken back at " + environment.getProperty("a"));
            }
        };
    }

    private EnvironmentApplier<Map<String, Object>> applier(String name) {
        return EnvironmentApplier.into(environment, name).build();
    }

    private void apply(EnvironmentApplier<Map<String, Object>> applier, Map<String, Object> data) throws Exception {
        revision++;
        applier.apply(new SnapshotEnvelope<>(new Revision(revision), data));
    }
}
