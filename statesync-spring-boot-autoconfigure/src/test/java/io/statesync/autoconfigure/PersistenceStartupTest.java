package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.policy.Scheduler;
import io.statesync.spring.PersistedTopic;
import io.statesync.spring.Replicas;
import io.statesync.spring.SetupException;
import io.statesync.spring.SyncLifecycle;
import io.statesync.spring.SyncedTopic;
import io.statesync.state.SyncedState;
import io.statesync.test.ManualScheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Applications that start, one after the other, on what the former has left; the source is there, away, or back. */
class PersistenceStartupTest {

    private static final String TOPIC = "stock";

    @TempDir
    private Path directory;

    private final InMemoryShop<String> shop = new InMemoryShop<>(TOPIC, "first");
    private final ManualScheduler scheduler = new ManualScheduler();
    private final AwayShop away = new AwayShop();

    private ApplicationContextRunner persisted;
    private ApplicationContextRunner withSource;
    private ApplicationContextRunner withoutSource;

    @BeforeEach
    void configure() {
        persisted = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(StateSyncAutoConfiguration.class, StateSyncHttpAutoConfiguration.class))
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "statesync.defaults.persistence.storage=file",
                        "statesync.persistence.file.directory=" + directory);
        withSource = shop.serve(persisted);
        withoutSource = away.serve(persisted).withBean(Scheduler.class, () -> scheduler);
    }

    @Test
    void whatWasAppliedIsSavedWhenTheApplicationStops() {
        withSource.run(context -> {
            awaitLive(context);
            shop.source().set("second");
            await().until(() -> "second".equals(copy(context).get()));
        });

        withoutSource
                .withPropertyValues("statesync.defaults.startup=persisted-first")
                .run(context -> {
                    context.getBean(SyncLifecycle.class).awaitRequired();

                    assertThat(copy(context).get()).isEqualTo("second");
                });
    }

    @Test
    void persistedFirstIsReadyOnTheRestoredStateAndCatchesUp() {
        Revision saved = saved();

        away.serve(persisted)
                .withPropertyValues(
                        "statesync.defaults.startup=persisted-first",
                        "statesync.defaults.catch-up.initial=1ms",
                        "statesync.defaults.catch-up.max=10ms")
                .run(context -> {
                    context.getBean(SyncLifecycle.class).awaitRequired();
                    assertThat(copy(context).get()).isEqualTo("first");
                    assertThat(copy(context).snapshot().age()).isNull();
                    assertThat(sync(context).localRevision()).isEqualTo(saved);
                    assertThat(sync(context).status().state()).isNotEqualTo(SyncState.LIVE);
                    assertThat(topic(context).unconfirmed(sync(context).status()))
                            .isTrue();

                    away.returns(shop.source());

                    awaitLive(context);
                    assertThat(sync(context).localRevision()).isEqualTo(saved);
                    assertThat(topic(context).unconfirmed(sync(context).status()))
                            .isFalse();
                });
    }

    @Test
    void persistedFirstWithoutARecordIsRequired() {
        withoutSource
                .withPropertyValues(
                        "statesync.defaults.startup=persisted-first", "statesync.defaults.startup-timeout=5s")
                .run(context -> assertThatThrownBy(() -> ready(context).get())
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOf(SetupException.class)
                        .hasMessageContainingAll("\"stock\"", "5000 ms", "nobody is there"));
    }

    @Test
    void requiredStartsDegradedOnceItsTimeIsOver() {
        saved();

        withoutSource
                .withPropertyValues("statesync.defaults.startup-timeout=5s")
                .run(context -> {
                    try (Warnings warnings = new Warnings()) {
                        await().until(() -> sync(context).status().hasData());
                        CompletableFuture<Void> ready =
                                CompletableFuture.runAsync(context.getBean(SyncLifecycle.class)::awaitRequired);
                        assertThat(ready).isNotDone();
                        assertThat(untilDone(ready)).isCompleted();

                        assertThat(copy(context).get()).isEqualTo("first");
                        assertThat(warnings.lines())
                                .anySatisfy(line -> assertThat(line)
                                        .contains(
                                                "Topic stock: no first snapshot from source",
                                                "after 5000 ms, the application starts on what was saved",
                                                "nobody is there"));
                    }
                });
    }

    @Test
    void inTheBackgroundTheRestoredStateServesToo() {
        saved();

        withoutSource
                .withPropertyValues("statesync.defaults.startup=background")
                .run(context -> {
                    context.getBean(SyncLifecycle.class).awaitRequired();
                    await().until(() -> sync(context).status().hasData());
                    assertThat(copy(context).get()).isEqualTo("first");
                });
    }

    @Test
    void aRestoredStateThatTheSourceStillHasIsAppliedOnce() {
        saved();

        withSource.run(context -> {
            awaitLive(context);
            assertThat(context.getBean(Applied.class).count()).isOne();
            assertThat(topic(context).statistics().saves()).isZero();
        });
    }

    @Test
    void aPauseAndARestartOfTheContextRestoreNothingAgain() {
        saved();

        withSource.run(context -> {
            awaitLive(context);
            for (int i = 0; i < 3; i++) {
                context.getBean(SyncLifecycle.class).stop();
                context.getBean(SyncLifecycle.class).start();
                awaitLive(context);
            }
            assertThat(topic(context).statistics().loads()).isOne();
            assertThat(context.getBean(Applied.class).count()).isOne();
        });
    }

    /** Runs an application until its first snapshot is saved. */
    private Revision saved() {
        Revision[] saved = new Revision[1];
        withSource.run(context -> {
            awaitLive(context);
            await().until(() -> topic(context).statistics().saves() == 1);
            saved[0] = sync(context).localRevision();
        });
        return saved[0];
    }

    private CompletableFuture<Void> ready(ApplicationContext context) {
        return untilDone(CompletableFuture.runAsync(context.getBean(SyncLifecycle.class)::awaitRequired));
    }

    private CompletableFuture<Void> untilDone(CompletableFuture<Void> ready) {
        await().until(() -> {
            scheduler.advance(Duration.ofMillis(500));
            return ready.isDone();
        });
        return ready;
    }

    private static void awaitLive(ApplicationContext context) {
        await().until(() -> sync(context).status().state() == SyncState.LIVE);
    }

    private static PersistedTopic topic(ApplicationContext context) {
        return context.getBean(Replicas.class).all().get(0).persisted();
    }

    @SuppressWarnings("unchecked") // as it is declared
    private static SyncedState<String> copy(ApplicationContext context) {
        return context.getBean("copy", SyncedState.class);
    }

    private static RevisionSync<?> sync(ApplicationContext context) {
        return context.getBean("revisionSync." + TOPIC, RevisionSync.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        @SyncedTopic(TOPIC)
        SyncedState<String> copy() {
            return SyncedState.create();
        }

        @Bean
        Applied applied() {
            return new Applied();
        }
    }

    static class Applied {

        private volatile int count;

        int count() {
            return count;
        }

        @SyncedTopic(TOPIC)
        void apply(String stock) {
            count++;
        }
    }
}
