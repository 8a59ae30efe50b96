package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncState;
import io.statesync.source.StatePublisher;
import io.statesync.spring.InvalidatesTopic;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The example of the README: source and replica in one application, over application events. */
class OneProcessTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class))
            .withUserConfiguration(Application.class);

    @Test
    void aContainerThatTheApplicationDeclaresIsFilled() {
        runner.run(context -> {
            Prices source = context.getBean(Prices.class);
            SyncedState<Map<String, BigDecimal>> copy = context.getBean(Reader.class).prices;
            await().until(copy::hasValue);
            assertThat(copy.get()).isEmpty();

            source.put("tea", BigDecimal.ONE);

            await().untilAsserted(() -> assertThat(copy.get()).containsEntry("tea", BigDecimal.ONE));
        });
    }

    @Test
    void aTopicWhoseSourceIsHereIsReadHereWhateverTheDefaultSourceIs() {
        runner.withPropertyValues(
                        "statesync.sources.far.events=elsewhere",
                        "statesync.sources.far.snapshots=elsewhere",
                        "statesync.defaults.source=far")
                .run(context -> {
                    Reader reader = context.getBean(Reader.class);
                    await().until(() -> reader.sync.status().state() == SyncState.LIVE);
                });
    }

    @Test
    void severalAppliersOfATopicShareOneEngineAndHearEachRevision() {
        runner.run(context -> {
            Reader reader = context.getBean(Reader.class);
            await().until(() -> reader.sync.status().state() == SyncState.LIVE);
            context.getBean(Prices.class).put("tea", BigDecimal.TEN);
            await().untilAsserted(() ->
                    assertThat(context.getBean(Audit.class).heard.get(0)).containsKey("tea"));

            assertThat(context.getBean(Audit.class).revisions).contains(reader.sync.localRevision());
            assertThat(context.getBeansOfType(RevisionSync.class)).hasSize(1);
        });
    }

    @Test
    void aSyncIsInjectedByItsGenericTypeAndByItsTopic() {
        runner.run(context -> {
            Reader reader = context.getBean(Reader.class);
            assertThat(reader.sync.topic()).isEqualTo("prices");
            assertThat(reader.byTopic).isSameAs(reader.sync);
        });
    }

    @Test
    void theProgrammaticTwinTellsTheRevision() {
        runner.run(context -> {
            RevisionSync<?> sync = context.getBean(RevisionSync.class);
            Revision revision =
                    context.getBean(StatePublisher.class).invalidate("prices").join();
            await().until(() -> sync.localRevision().equals(revision));
        });
    }

    @Test
    void aMethodThatFailsAnnouncesNothing() {
        runner.run(context -> {
            RevisionSync<?> sync = context.getBean(RevisionSync.class);
            await().until(() -> sync.status().state() == SyncState.LIVE);
            Revision before = sync.status().announcedRevision();

            assertThat(catchFailure(() -> context.getBean(Prices.class).fail())).hasMessage("no");
            CompletableFuture<Void> failing = new CompletableFuture<>();
            context.getBean(Prices.class).later(failing);
            failing.completeExceptionally(new IllegalStateException("no"));

            assertThat(sync.status().announcedRevision()).isEqualTo(before);
        });
    }

    @Test
    void aMethodThatReturnsAStageAnnouncesWhenTheStageSucceeds() {
        runner.run(context -> {
            RevisionSync<?> sync = context.getBean(RevisionSync.class);
            await().until(() -> sync.status().state() == SyncState.LIVE);
            Revision before = sync.status().announcedRevision();
            CompletableFuture<Void> later = new CompletableFuture<>();
            context.getBean(Prices.class).later(later);
            assertThat(sync.status().announcedRevision()).isEqualTo(before);

            later.complete(null);

            await().until(() -> sync.localRevision().isNewerThan(before));
        });
    }

    @Test
    void stoppedAndStartedAgainTheSameInstanceCatchesUp() {
        runner.run(context -> {
            SyncedState<Map<String, BigDecimal>> copy = context.getBean(Reader.class).prices;
            RevisionSync<?> sync = context.getBean(RevisionSync.class);
            await().until(() -> sync.status().state() == SyncState.LIVE);
            context.stop();
            assertThat(sync.status().state()).isEqualTo(SyncState.STOPPED);
            context.getBean(Prices.class).put("milk", BigDecimal.ONE);

            context.start();

            await().untilAsserted(() -> assertThat(copy.get()).containsKey("milk"));
            assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
        });
    }

    @Test
    void lazyBeansAreBoundToo() {
        runner.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withBean(
                        LazyInitializationExcludeFilter.class,
                        () -> LazyInitializationExcludeFilter.forBeanTypes(SmartInitializingSingleton.class))
                .run(context -> {
                    SyncedState<?> copy = context.getBean(SyncedState.class);
                    await().until(copy::hasValue);
                });
    }

    @Test
    void switchedOffThereIsNothing() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class))
                .withPropertyValues("statesync.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(StatePublisher.class));
    }

    private static Throwable catchFailure(Runnable action) {
        return catchThrowable(action::run);
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {
        @Bean
        Prices source() {
            return new Prices();
        }

        @Bean
        @SyncedTopic("prices")
        SyncedState<Map<String, BigDecimal>> prices() {
            return SyncedState.create();
        }

        @Bean
        Audit audit() {
            return new Audit();
        }

        @Bean
        Reader reader(
                @SyncedTopic("prices") SyncedState<Map<String, BigDecimal>> prices,
                RevisionSync<Map<String, BigDecimal>> sync,
                @SyncedTopic("prices") RevisionSync<?> byTopic) {
            return new Reader(prices, sync, byTopic);
        }
    }

    static class Prices {
        private final Map<String, BigDecimal> prices = new ConcurrentHashMap<>();

        @TopicSource("prices")
        Map<String, BigDecimal> all() {
            return new HashMap<>(prices);
        }

        @InvalidatesTopic("prices")
        void put(String sku, BigDecimal price) {
            prices.put(sku, price);
        }

        @InvalidatesTopic("prices")
        void fail() {
            throw new IllegalStateException("no");
        }

        @InvalidatesTopic("prices")
        CompletableFuture<Void> later(CompletableFuture<Void> outcome) {
            return outcome;
        }
    }

    static class Audit {
        final List<Map<String, BigDecimal>> heard = new CopyOnWriteArrayList<>();
        final List<Revision> revisions = new CopyOnWriteArrayList<>();

        @SyncedTopic("prices")
        void changed(SnapshotEnvelope<Map<String, BigDecimal>> snapshot) {
            heard.add(0, snapshot.data());
        }

        @SyncedTopic("prices")
        protected void changed(Map<String, BigDecimal> prices, Revision revision) {
            revisions.add(revision);
        }
    }

    record Reader(
            SyncedState<Map<String, BigDecimal>> prices,
            RevisionSync<Map<String, BigDecimal>> sync,
            RevisionSync<?> byTopic) {}
}
