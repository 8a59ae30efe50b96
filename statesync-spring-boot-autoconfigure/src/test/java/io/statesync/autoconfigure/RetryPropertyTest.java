package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.statesync.RefreshOutcome;
import io.statesync.RefreshReport;
import io.statesync.RevisionSync;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.SyncState;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code statesync.topics.<topic>.retry}: a fetch that is repeated at once, and reported as such. */
class RetryPropertyTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class))
            .withUserConfiguration(Application.class)
            .withPropertyValues(
                    "statesync.defaults.catch-up.initial=1h",
                    "statesync.defaults.catch-up.max=1h",
                    "statesync.defaults.startup=background");

    @Test
    void oneFetchHasSeveralAttemptsAndEachThatIsRepeatedIsReported() {
        runner.withPropertyValues(
                        "statesync.topics.prices.retry.max-attempts=3",
                        "statesync.topics.prices.retry.initial=1ms",
                        "statesync.topics.prices.retry.max=1ms")
                .run(context -> {
                    RevisionSync<?> sync = context.getBean(RevisionSync.class);
                    await().until(() -> sync.status().state() == SyncState.LIVE);
                    Heard heard = context.getBean(Heard.class);
                    assertThat(heard.errors)
                            .extracting(SyncErrorContext::topic, SyncErrorContext::attempt, SyncErrorContext::willRetry)
                            .containsExactly(tuple("prices", 1, true), tuple("prices", 2, true));
                    assertThat(heard.outcomes).containsOnly(RefreshOutcome.APPLIED);
                });
    }

    @Test
    void withoutItTheFetchFailsAtOnce() {
        runner.run(context -> {
            Heard heard = context.getBean(Heard.class);
            await().until(() -> !heard.outcomes.isEmpty());
            assertThat(heard.outcomes.get(0)).isEqualTo(RefreshOutcome.FAILED);
            assertThat(heard.errors.get(0).willRetry()).isFalse();
        });
    }

    @Test
    void attemptsOfATopicThatIsPersistedAreCountedAndNamedToo(@TempDir Path directory) {
        ApplicationContextRunner replica = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(StateSyncAutoConfiguration.class, StateSyncHttpAutoConfiguration.class))
                .withUserConfiguration(Replica.class)
                .withPropertyValues(
                        "statesync.defaults.startup=background",
                        "statesync.defaults.catch-up.initial=1h",
                        "statesync.defaults.catch-up.max=1h",
                        "statesync.topics.prices.persistence.storage=file",
                        "statesync.persistence.file.directory=" + directory,
                        "statesync.topics.prices.retry.max-attempts=3",
                        "statesync.topics.prices.retry.initial=1ms",
                        "statesync.topics.prices.retry.max=1ms");
        new AwayShop().serve(replica).run(context -> {
            Heard heard = context.getBean(Heard.class);
            await().until(() -> heard.errors.size() >= 3);
            assertThat(heard.errors.subList(0, 3))
                    .extracting(SyncErrorContext::topic, SyncErrorContext::attempt)
                    .containsExactly(tuple("prices", 1), tuple("prices", 2), tuple("prices", 3));
        });
    }

    static class Heard implements SyncListener {
        final List<SyncErrorContext> errors = new CopyOnWriteArrayList<>();
        final List<RefreshOutcome> outcomes = new CopyOnWriteArrayList<>();

        @Override
        public void onError(SyncErrorContext context) {
            errors.add(context);
        }

        @Override
        public void onRefreshEnded(RefreshReport report) {
            outcomes.add(report.outcome());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Replica {

        @Bean
        @SyncedTopic("prices")
        SyncedState<String> copy() {
            return SyncedState.create();
        }

        @Bean
        Heard heard() {
            return new Heard();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {
        private final AtomicInteger attempts = new AtomicInteger();

        @TopicSource("prices")
        String prices() {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            return "cheap";
        }

        @Bean
        @SyncedTopic("prices")
        SyncedState<String> copy() {
            return SyncedState.create();
        }

        @Bean
        Heard heard() {
            return new Heard();
        }
    }
}
