package io.statesync.autoconfigure.actuate;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.spring.SnapshotSizes;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Every meter that DESIGN 7 names, with its tags, from the start. */
class MetersTest {

    private static final Map<String, Set<String>> METERS = Map.of(
            "statesync.invalidations", Set.of("topic", "outcome"),
            "statesync.refreshes", Set.of("topic", "cause", "outcome"),
            "statesync.apply", Set.of("topic"),
            "statesync.errors", Set.of("topic", "phase"),
            "statesync.propagation", Set.of("topic"),
            "statesync.age", Set.of("topic"),
            "statesync.behind", Set.of("topic"),
            "statesync.connected", Set.of("topic"),
            "statesync.snapshot.bytes", Set.of("topic"),
            "statesync.probe.repairs", Set.of("topic"));

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(StateSyncAutoConfiguration.class, StateSyncMetricsAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withUserConfiguration(EndpointTest.Application.class);

    @Test
    void everyMeterIsThereFromTheStartWithExactlyItsTagsAtReplicasAndAtSources() {
        runner.run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            for (String topic : Set.of("flags", "a/b")) {
                Map<String, Set<Set<String>>> found = registry.getMeters().stream()
                        .filter(meter -> topic.equals(meter.getId().getTag("topic")))
                        .collect(Collectors.groupingBy(
                                meter -> meter.getId().getName(),
                                Collectors.mapping(MetersTest::tagKeys, Collectors.toSet())));
                assertThat(found).hasSameSizeAs(METERS);
                assertThat(registry.getMeters())
                        .filteredOn(meter -> topic.equals(meter.getId().getTag("topic")))
                        .as("what docs/operations.md says that a topic costs")
                        .hasSize(70);
                METERS.forEach((name, tags) -> assertThat(found.get(name)).containsExactly(tags));
            }
            assertThat(registry.getMeters())
                    .filteredOn(meter -> meter.getId().getName().startsWith("statesync."))
                    .allMatch(meter -> METERS.containsKey(meter.getId().getName()));
        });
    }

    @Test
    void theTagsHaveAFixedSetOfValues() {
        runner.run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(values(registry, "statesync.invalidations", "outcome"))
                    .containsExactly("accepted", "filtered", "foreign", "malformed", "stale");
            assertThat(values(registry, "statesync.refreshes", "cause"))
                    .containsExactly(
                            "await", "catch-up", "explicit", "invalidation", "offer", "probe", "reconnect", "start");
            assertThat(values(registry, "statesync.refreshes", "outcome"))
                    .containsExactly("applied", "failed", "not-modified", "overtaken", "regressed", "unchanged");
            assertThat(values(registry, "statesync.errors", "phase"))
                    .containsExactly(
                            "apply",
                            "awaitSync",
                            "getSnapshot",
                            "invalidation",
                            "load",
                            "merge",
                            "persist",
                            "protocol",
                            "refresh",
                            "save",
                            "start",
                            "store",
                            "subscribe",
                            "throttle");
            assertThat(registry.get("statesync.refreshes")
                            .tags("cause", "offer", "topic", "flags")
                            .timers())
                    .extracting(timer -> timer.getId().getTag("outcome"))
                    .containsExactlyInAnyOrder("applied", "failed");
        });
    }

    @Test
    void whereNothingHappensEverythingIsAtZeroAndNothingIsWrong() {
        runner.run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.getMeters())
                    .filteredOn(meter -> "a/b".equals(meter.getId().getTag("topic")))
                    .allSatisfy(meter -> assertThat(meter.measure())
                            .as(meter.getId().toString())
                            .extracting(Measurement::getValue)
                            .containsOnly(meter.getId().getName().equals("statesync.connected") ? 1.0 : 0.0));
        });
    }

    @Test
    void theGaugesFollowTheReplica() {
        runner.run(context -> {
            RevisionSync<?> sync = context.getBean("revisionSync.flags", RevisionSync.class);
            await().until(() -> sync.status().state() == SyncState.LIVE);
            assertThat(gauge(context.getBean(MeterRegistry.class), "statesync.connected"))
                    .isOne();
            assertThat(gauge(context.getBean(MeterRegistry.class), "statesync.age"))
                    .isNotNegative();

            sync.stop();

            assertThat(gauge(context.getBean(MeterRegistry.class), "statesync.connected"))
                    .isZero();
            assertThat(gauge(context.getBean(MeterRegistry.class), "statesync.behind"))
                    .isZero();
        });
    }

    @Test
    void theSizeOfASnapshotIsInBytesOfItsTopic() {
        runner.run(context -> {
            context.getBean(SnapshotSizes.class).measured("flags", 1234);

            DistributionSummary bytes = context.getBean(MeterRegistry.class)
                    .get("statesync.snapshot.bytes")
                    .tag("topic", "flags")
                    .summary();
            assertThat(bytes.totalAmount()).isEqualTo(1234);
            assertThat(bytes.getId().getBaseUnit()).isEqualTo("bytes");
        });
    }

    private static double gauge(MeterRegistry registry, String name) {
        return registry.get(name).tag("topic", "flags").gauge().value();
    }

    private static Set<String> tagKeys(Meter meter) {
        return meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toSet());
    }

    private static Set<String> values(MeterRegistry registry, String name, String tag) {
        return registry.get(name).meters().stream()
                .map(meter -> meter.getId().getTag(tag))
                .collect(toCollection(TreeSet::new));
    }
}
