package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.policy.Scheduler;
import io.statesync.source.RevisionCounter;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SetupException;
import io.statesync.spring.SyncLifecycle;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import io.statesync.test.ManualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The start and the stop of replicas, on a clock that the test moves. */
class StartupTest {

    private final ManualScheduler scheduler = new ManualScheduler();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class))
            .withBean(Scheduler.class, () -> scheduler)
            .withUserConfiguration(Application.class);

    @Test
    void aReplicaThatCannotStartIsTriedAgainUntilItCan() {
        runner.run(context -> {
            Flaky source = context.getBean(Flaky.class);
            await().until(() -> {
                scheduler.advance(Duration.ofSeconds(1));
                return source.reads.get() >= 3;
            });
            assertThat(sync(context).status().state()).isNotEqualTo(SyncState.LIVE);
            source.broken = false;

            await().until(() -> {
                scheduler.advance(Duration.ofSeconds(1));
                return sync(context).status().state() == SyncState.LIVE;
            });
        });
    }

    @Test
    void anApplicationThatRequiresATopicWaitsForIt() {
        runner.run(context -> {
            CompletableFuture<Void> ready =
                    CompletableFuture.runAsync(context.getBean(SyncLifecycle.class)::awaitRequired);
            context.getBean(Flaky.class).broken = false;
            await().until(() -> {
                scheduler.advance(Duration.ofMillis(50));
                return ready.isDone();
            });
            assertThat(ready).isCompleted();
            assertThat(sync(context).status().hasData()).isTrue();
        });
    }

    @Test
    void anApplicationThatWaitsTooLongFailsAndNamesTopicSourceReasonAndProperties() {
        runner.withPropertyValues("statesync.topics.flags.startup-timeout=5s").run(context -> {
            await().until(() -> context.getBean(Flaky.class).reads.get() > 0);
            CompletableFuture<Void> ready =
                    CompletableFuture.runAsync(context.getBean(SyncLifecycle.class)::awaitRequired);
            await().until(() -> {
                scheduler.advance(Duration.ofSeconds(1));
                return ready.isDone();
            });
            assertThatThrownBy(ready::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(SetupException.class)
                    .hasMessageContainingAll("\"flags\"", "\"local\"", "5000 ms", "no table")
                    .extracting(it -> ((SetupException) it).action())
                    .asString()
                    .contains("statesync.topics.flags.startup", "background", "startup-timeout");
        });
    }

    @Test
    void anApplicationThatIsStoppedWhileItWaitsWaitsNoLonger() {
        runner.run(context -> {
            SyncLifecycle lifecycle = context.getBean(SyncLifecycle.class);
            CompletableFuture<Void> ready = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                try {
                    lifecycle.awaitRequired();
                    ready.complete(null);
                } catch (RuntimeException e) {
                    ready.completeExceptionally(e);
                }
            });
            waiting.start();
            await().until(() -> waiting.getState() == Thread.State.WAITING);

            lifecycle.stop();

            Throwable cancelled = ready.handle((done, error) -> error).join();
            assertThat(cancelled).isInstanceOf(CancellationException.class).hasMessageContaining("flags");
        });
    }

    @Test
    void topicsInTheBackgroundAreNotWaitedFor() {
        runner.withPropertyValues("statesync.defaults.startup=background").run(context -> {
            context.getBean(SyncLifecycle.class).awaitRequired();
            assertThat(sync(context).status().hasData()).isFalse();
        });
    }

    @Test
    void aHundredStopsAndStartsOfTheSameContextLeaveOneSubscription() {
        runner.run(context -> {
            context.getBean(Flaky.class).broken = false;
            for (int i = 0; i < 100; i++) {
                context.stop();
                assertThat(sync(context).status().state()).isEqualTo(SyncState.STOPPED);
                context.start();
            }
            await().until(() -> {
                scheduler.advance(Duration.ofSeconds(1));
                return sync(context).status().state() == SyncState.LIVE;
            });
            int before = context.getBean(Applied.class).count.get();
            Revision revision =
                    context.getBean(StatePublisher.class).invalidate("flags").join();
            await().until(() -> sync(context).localRevision().equals(revision));
            assertThat(context.getBean(Applied.class).count.get()).isEqualTo(before + 1);
        });
    }

    @Test
    void aCounterWithoutMemoryIssuesAFreshRevisionOfEachSourceTopic() {
        runner.run(context -> {
            Revision issued = context.getBean(RevisionCounter.class)
                    .current(List.of("flags"))
                    .get("flags");
            assertThat(issued).isNotNull();
        });
    }

    @Test
    void aCounterThatRemembersIssuesNothingAtTheStart() {
        RevisionCounter counter = RevisionCounter.sequential();
        counter.next("flags");
        runner.withBean("counter", RevisionCounter.class, () -> counter)
                .run(context -> assertThat(counter.current(List.of("flags"))).containsEntry("flags", new Revision(1)));
    }

    @Test
    void twoContextsInOneJvmDoNotHearEachOther() {
        runner.withUserConfiguration(Application.class).run(one -> {
            one.getBean(Flaky.class).broken = false;
            runner.run(two -> {
                two.getBean(Flaky.class).broken = false;
                await().until(() -> {
                    scheduler.advance(Duration.ofSeconds(1));
                    return sync(one).status().state() == SyncState.LIVE
                            && sync(two).status().state() == SyncState.LIVE;
                });
                Revision before = sync(two).status().announcedRevision();

                Revision revision =
                        one.getBean(StatePublisher.class).invalidate("flags").join();

                await().until(() -> sync(one).localRevision().equals(revision));
                assertThat(sync(two).status().announcedRevision()).isEqualTo(before);
            });
        });
    }

    private static RevisionSync<?> sync(ApplicationContext context) {
        return context.getBean(RevisionSync.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {
        @Bean
        Flaky source() {
            return new Flaky();
        }

        @Bean
        Applied applied() {
            return new Applied();
        }

        @Bean
        @SyncedTopic("flags")
        SyncedState<String> copy() {
            return SyncedState.create();
        }
    }

    static class Flaky {
        final AtomicInteger reads = new AtomicInteger();
        volatile boolean broken = true;

        @TopicSource("flags")
        String read() {
            reads.incrementAndGet();
            if (broken) {
                throw new IllegalStateException("no table");
            }
            return "a";
        }
    }

    static class Applied {
        final AtomicInteger count = new AtomicInteger();

        @SyncedTopic("flags")
        void apply(String flags) {
            count.incrementAndGet();
        }
    }
}
