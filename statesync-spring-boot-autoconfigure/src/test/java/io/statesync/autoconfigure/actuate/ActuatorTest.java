package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ActuatorTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StateSyncAutoConfiguration.class,
                    StateSyncHealthAutoConfiguration.class,
                    StateSyncMetricsAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withUserConfiguration(Application.class);

    @Test
    void healthCanBeSwitchedOff() {
        runner.withPropertyValues("management.health.statesync.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("statesyncHealthContributor"));
    }

    @Test
    void afterAScriptTheCountersEqualTheScript() {
        runner.run(context -> {
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            await().until(() -> sync(context).status().state() == SyncState.LIVE);
            double accepted = count(meters, "statesync.invalidations", "outcome", "accepted");
            for (int i = 0; i < 3; i++) {
                Revision revision = context.getBean(StatePublisher.class)
                        .invalidate("flags")
                        .join();
                await().until(() -> sync(context).localRevision().equals(revision));
            }
            context.publishEvent(InvalidationEvent.of("flags", new Revision(1)));

            assertThat(count(meters, "statesync.invalidations", "outcome", "accepted") - accepted)
                    .isEqualTo(3);
            assertThat(count(meters, "statesync.invalidations", "outcome", "stale"))
                    .isEqualTo(1);
            await().untilAsserted(() -> assertThat(meters.get("statesync.refreshes")
                            .tags("topic", "flags", "cause", "invalidation", "outcome", "applied")
                            .timer()
                            .count())
                    .isEqualTo(3));
            assertThat(meters.get("statesync.connected").gauge().value()).isEqualTo(1);
            assertThat(meters.get("statesync.behind").gauge().value()).isZero();
            assertThat(meters.get("statesync.age").gauge().value()).isNotNegative();
        });
    }

    @Test
    void aFailureIsCountedOnceUnderItsPhase() {
        runner.withBean(Broken.class)
                .withPropertyValues("statesync.defaults.catch-up.initial=1h", "statesync.defaults.catch-up.max=1h")
                .run(context -> {
                    MeterRegistry meters = context.getBean(MeterRegistry.class);
                    await().untilAsserted(() -> assertThat(meters.get("statesync.errors")
                                    .tags("topic", "broken", "phase", "getSnapshot")
                                    .functionCounter()
                                    .count())
                            .isEqualTo(1));
                });
    }

    @Test
    void withoutActuatorOrMicrometerTheApplicationRuns() {
        new ApplicationContextRunner()
                .withUserConfiguration(Automatic.class)
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.health", "io.micrometer"))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean("statesyncHealthContributor");
                    assertThat(context).doesNotHaveBean("statesyncMeters");
                });
    }

    private static RevisionSync<?> sync(ApplicationContext context) {
        return context.getBean("revisionSync.flags", RevisionSync.class);
    }

    private static double count(MeterRegistry meters, String name, String tag, String value) {
        return meters.get(name)
                .tags("topic", "flags", tag, value)
                .functionCounter()
                .count();
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {
        private final AtomicReference<String> flags = new AtomicReference<>("a");

        @TopicSource("flags")
        String flags() {
            return flags.get();
        }

        @Bean
        @SyncedTopic("flags")
        SyncedState<String> copy() {
            return SyncedState.create();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        StateSyncAutoConfiguration.class,
        StateSyncHealthAutoConfiguration.class,
        StateSyncMetricsAutoConfiguration.class
    })
    static class Automatic extends Application {}

    static class Broken {
        @TopicSource("broken")
        String read() {
            throw new IllegalStateException("no table");
        }

        @SyncedTopic("broken")
        void apply(String data) {}
    }
}
