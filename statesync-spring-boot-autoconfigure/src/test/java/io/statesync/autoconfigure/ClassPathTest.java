package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.policy.Scheduler;
import io.statesync.source.RevisionCounter;
import io.statesync.source.StatePublisher;
import io.statesync.spring.AfterCommitPublisher;
import io.statesync.spring.EventDriver;
import io.statesync.spring.SnapshotDriver;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicAccess;
import io.statesync.spring.TopicSource;
import io.statesync.spring.http.StateSyncHandlerMapping;
import io.statesync.state.SyncedState;
import io.statesync.test.ManualScheduler;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is there depends on the class path and on what the application has itself. */
class ClassPathTest {

    private static final AutoConfigurations ALL = AutoConfigurations.of(
            StateSyncAutoConfiguration.class,
            StateSyncHttpAutoConfiguration.class,
            StateSyncStompAutoConfiguration.class,
            StateSyncSecurityAutoConfiguration.class,
            StateSyncExposureAutoConfiguration.class);

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(ALL).withUserConfiguration(Application.class);

    @Test
    void withSpringBootAloneOneProcessWorks() {
        runner.withClassLoader(new FilteredClassLoader(
                        "org.springframework.web",
                        "org.springframework.messaging",
                        "org.springframework.transaction",
                        "org.springframework.boot.http",
                        "org.springframework.boot.restclient",
                        "jakarta.servlet",
                        "jakarta.websocket",
                        "tools.jackson",
                        "io.micrometer"))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(SnapshotDriver.class);
                    assertThat(context.getBean(StatePublisher.class)).isNotInstanceOf(AfterCommitPublisher.class);
                    await().until(() -> context.getBean(SyncedState.class).hasValue());
                });
    }

    @Test
    void withEverythingThereAreDriversForStompAndHttp() {
        runner.run(context -> {
            assertThat(context.getBeansOfType(EventDriver.class).values())
                    .extracting(EventDriver::name)
                    .containsExactlyInAnyOrder("application-events", "stomp");
            assertThat(context.getBean(SnapshotDriver.class).name()).isEqualTo("http");
            assertThat(context.getBean(StatePublisher.class)).isInstanceOf(AfterCommitPublisher.class);
        });
    }

    @Test
    void withoutAnExposedTopicThereIsNoEndpoint() {
        new WebApplicationContextRunner()
                .withConfiguration(ALL)
                .withUserConfiguration(Application.class)
                .run(context -> assertThat(context).doesNotHaveBean(StateSyncHandlerMapping.class));
    }

    @Test
    void withAnExposedTopicThereAreEndpoints() {
        new WebApplicationContextRunner()
                .withConfiguration(ALL)
                .withUserConfiguration(Application.class)
                .withPropertyValues("statesync.topics.flags.expose=true")
                .run(context -> assertThat(context)
                        .hasSingleBean(StateSyncHandlerMapping.class)
                        .hasBean("statesyncStompHandlerMapping"));
    }

    @Test
    void withoutSpringSecurityWhatIsExposedIsForEverybody() {
        new WebApplicationContextRunner()
                .withConfiguration(ALL)
                .withUserConfiguration(Application.class)
                .withPropertyValues("statesync.topics.flags.expose=true")
                .withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .run(context -> assertThat(context)
                        .hasSingleBean(StateSyncHandlerMapping.class)
                        .doesNotHaveBean(TopicAccess.class));
    }

    @Test
    void theApplicationsOwnCounterPublisherAndClockAreUsed() {
        RevisionCounter counter = RevisionCounter.sequential();
        StatePublisher publisher = topic -> new CompletableFuture<>();
        ManualScheduler scheduler = new ManualScheduler();
        runner.withBean(RevisionCounter.class, () -> counter)
                .withBean(StatePublisher.class, () -> publisher)
                .withBean(Scheduler.class, () -> scheduler)
                .run(context -> {
                    assertThat(context.getBean(RevisionCounter.class)).isSameAs(counter);
                    assertThat(context.getBean(StatePublisher.class)).isSameAs(publisher);
                    assertThat(context.getBean(Scheduler.class)).isSameAs(scheduler);
                });
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
