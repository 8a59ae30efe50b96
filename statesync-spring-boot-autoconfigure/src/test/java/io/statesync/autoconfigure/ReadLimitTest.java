package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.StaleStateException;
import io.statesync.policy.Scheduler;
import io.statesync.source.RevisionCounter;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import io.statesync.test.ManualScheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code max-staleness}, on a clock that the test moves. */
class ReadLimitTest {

    private static final Duration STEP = Duration.ofSeconds(10);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class))
            .withBean(Scheduler.class, () -> scheduler)
            .withUserConfiguration(Application.class);

    @Test
    void aStateThatDoesNotChangeStaysReadableWhileItsSourceAnswers() {
        runner.withPropertyValues("statesync.defaults.max-staleness=2m").run(context -> {
            SyncedState<String> copy = copy(context);
            until(copy::hasValue);
            for (int i = 0; i < 60; i++) {
                scheduler.advance(STEP);
                until(() -> copy.snapshot().age().compareTo(Duration.ofMinutes(1)) < 0);
                assertThat(copy.get()).isEqualTo("on");
            }
        });
    }

    @Test
    void itIsReadForThatLongAfterItsSourceFellSilentAndAgainWhenThatAnswers() {
        runner.withPropertyValues("statesync.topics.flags.max-staleness=2m", "statesync.defaults.max-staleness=9h")
                .run(context -> {
                    SyncedState<String> copy = copy(context);
                    until(copy::hasValue);
                    context.getBean(Silent.class).silent = true;
                    scheduler.advance(Duration.ofMinutes(2));
                    assertThat(copy.get()).isEqualTo("on");

                    scheduler.advance(Duration.ofNanos(1));
                    assertThatThrownBy(copy::get)
                            .isInstanceOf(StaleStateException.class)
                            .hasMessageContainingAll("\"flags\"", "PT2M", "max-staleness");
                    assertThat(copy.snapshot().value()).isEqualTo("on");

                    context.getBean(Silent.class).silent = false;
                    until(() -> {
                        scheduler.advance(STEP);
                        return copy.snapshot().age().compareTo(Duration.ofMinutes(1)) < 0;
                    });
                    assertThat(copy.get()).isEqualTo("on");
                });
    }

    @Test
    void withoutItReadsGoOnForEver() {
        runner.run(context -> {
            SyncedState<String> copy = copy(context);
            until(copy::hasValue);
            scheduler.advance(Duration.ofDays(100));
            assertThat(copy.get()).isEqualTo("on");
        });
    }

    @Test
    void oneThatAHealthySourceCouldNotKeepIsRefused() {
        assertThat(printed(runner.withPropertyValues("statesync.topics.flags.max-staleness=59s")))
                .contains(
                        "The max-staleness of topic \"flags\" is 59000 ms, but its source \"local\" is asked only every 30000"
                                + " ms",
                        "statesync.topics.flags.max-staleness",
                        "60000 ms at least")
                .doesNotContain("probe-interval");
    }

    @Test
    void oneThatIsShorterThanTwoQuestionsToTheSourceIsRefused() {
        ApplicationContextRunner shop = new InMemoryShop<>("flags", "on")
                .serve(runner)
                .withPropertyValues("statesync.topics.flags.source=shop");
        assertThat(printed(shop.withPropertyValues("statesync.defaults.max-staleness=59s")))
                .contains("source \"shop\"", "lower statesync.sources.shop.probe-interval");
        shop.withPropertyValues("statesync.defaults.max-staleness=59s", "statesync.sources.shop.probe-interval=29500ms")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"statesync.defaults.max-staleness", "statesync.topics.flags.max-staleness"})
    void oneOfNothingIsRefused(String property) {
        runner.withPropertyValues(property + "=0s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll(property, "longer than zero"));
    }

    @SuppressWarnings("unchecked")
    private static SyncedState<String> copy(ApplicationContext context) {
        return context.getBean(SyncedState.class);
    }

    private static void until(Callable<Boolean> fact) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(fact);
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @TopicSource("flags")
        String flags() {
            return "on";
        }

        @Bean
        @SyncedTopic("flags")
        SyncedState<String> copy() {
            return SyncedState.create();
        }

        @Bean
        Silent counter() {
            return new Silent();
        }
    }

    static final class Silent implements RevisionCounter {

        private final RevisionCounter counter = RevisionCounter.hybrid();
        private volatile boolean silent;

        @Override
        public Revision next(String topic) {
            return counter.next(topic);
        }

        @Override
        public Map<String, Revision> current(Collection<String> topics) throws Exception {
            if (silent) {
                throw new IllegalStateException("silent");
            }
            return counter.current(topics);
        }
    }

    private static String printed(ApplicationContextRunner runner) {
        FailureAnalysis analysis = Analyses.of(runner);
        return analysis.getDescription() + "\n" + analysis.getAction();
    }
}
