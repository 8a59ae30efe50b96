package io.statesync.autoconfigure.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.source.StatePublisher;
import io.statesync.spring.ChangeObserver;
import io.statesync.spring.RevisionSyncCustomizer;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.observe.ObservedChanges;
import io.statesync.state.SyncedState;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** There are observations if there is a tracer, and without one nothing is there that costs anything. */
class ObservationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StateSyncAutoConfiguration.class, StateSyncObservationAutoConfiguration.class))
            .withUserConfiguration(Application.class);

    private final ApplicationContextRunner observed =
            runner.withBean(ObservationRegistry.class, ObservationRegistry::create);

    @Test
    void withATracerChangesAndRoundsAreObserved() {
        observed.withBean(Tracer.class, () -> Tracer.NOOP)
                .run(context -> assertThat(context)
                        .hasSingleBean(RevisionSyncCustomizer.class)
                        .getBean(ChangeObserver.class)
                        .isInstanceOf(ObservedChanges.class));
    }

    @Test
    void theApplicationsOwnObserverOfChangesIsUsed() {
        observed.withBean(Tracer.class, () -> Tracer.NOOP)
                .withBean(ChangeObserver.class, () -> ChangeObserver.NONE)
                .run(context ->
                        assertThat(context.getBean(ChangeObserver.class)).isSameAs(ChangeObserver.NONE));
    }

    @Test
    void withoutATracerNothingIsObserved() {
        observed.run(context -> assertThat(context)
                .doesNotHaveBean(ChangeObserver.class)
                .doesNotHaveBean(RevisionSyncCustomizer.class));
    }

    @Test
    void withoutMicrometerEverythingWorks() {
        for (String missing : new String[] {"io.micrometer.tracing", "io.micrometer"}) {
            runner.withClassLoader(new FilteredClassLoader(missing)).run(context -> {
                assertThat(context).hasNotFailed().doesNotHaveBean(ChangeObserver.class);
                SyncedState<?> copy = context.getBean(SyncedState.class);
                await().until(copy::hasValue);
                context.getBean(StatePublisher.class).invalidate("flags").join();
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @TopicSource("flags")
        String flags() {
            return "a";
        }

        @Bean
        @SyncedTopic("flags")
        SyncedState<String> copy() {
            return SyncedState.create();
        }
    }
}
