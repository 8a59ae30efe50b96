package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotApplier;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.SyncState;
import io.statesync.autoconfigure.InMemoryShop;
import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.spring.Replica;
import io.statesync.spring.Replicas;
import io.statesync.spring.RevisionSyncFactory;
import io.statesync.spring.TopicMemory;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** What is kept of topics that are opened at run time, and that they come and go with the context. */
class OpenedTopicsTest {

    private static final String TOPIC = "cache:user:123";

    private final InMemoryShop<String> users = new InMemoryShop<>(TOPIC, "ann");
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Notes notes = new Notes();

    private final ApplicationContextRunner runner = users.serve(new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StateSyncAutoConfiguration.class,
                    StateSyncMetricsAutoConfiguration.class,
                    StateSyncEndpointAutoConfiguration.class))
            .withPropertyValues("management.endpoints.web.exposure.include=statesync")
            .withBean(MeterRegistry.class, () -> meters)
            .withBean(TopicMemory.class, () -> notes));

    @Test
    void anOpenTopicHasMetersAndAHistoryFromTheStartAndNoneOnceItIsClosed() {
        runner.run(context -> {
            RecentHistory history = context.getBean(RecentHistory.class);
            RevisionSync<String> sync = open(context, SyncedState.create());
            assertThat(meters()).isNotEmpty();
            sync.start();
            await().until(() -> !history.of(TOPIC).events().isEmpty());

            sync.close();
            sync.close();

            assertThat(meters()).isEmpty();
            assertThat(history.of(TOPIC)).isNull();
            assertThat(notes.lines).containsExactly("remember " + TOPIC, "forget " + TOPIC);
        });
    }

    @Test
    void aLastEventOfAClosedTopicBringsNothingBack() {
        runner.run(context -> {
            open(context, snapshot -> {}).close();

            SyncErrorContext late = SyncErrorContext.of(SyncPhase.APPLY, TOPIC, new IllegalStateException("late"));
            context.getBean(SyncMeters.class).onError(late);
            context.getBean(RecentHistory.class).onError(late);

            assertThat(meters()).isEmpty();
            assertThat(context.getBean(RecentHistory.class).of(TOPIC)).isNull();
        });
    }

    @Test
    void aTopicThatIsOpenTwiceIsKeptUntilBothAreClosed() {
        runner.run(context -> {
            RevisionSync<String> one = open(context, snapshot -> {});
            RevisionSync<String> two = open(context, snapshot -> {});
            assertThat(context.getBean(Replicas.class).opened()).hasSize(2);

            one.close();
            assertThat(meters()).isNotEmpty();
            two.close();

            assertThat(meters()).isEmpty();
            assertThat(context.getBean(Replicas.class).opened()).isEmpty();
        });
    }

    @Test
    void aSourceKeepsItsMetersAndItsHistoryWhenTheLastCopyOfItsTopicIsClosed() {
        runner.withBean(Rates.class).run(context -> {
            RevisionSync<String> copy =
                    context.getBean(RevisionSyncFactory.class).open("rates", String.class, snapshot -> {});
            copy.start();
            int there = meters("rates").size();

            copy.close();

            assertThat(meters("rates")).hasSize(there).isNotEmpty();
            assertThat(context.getBean(RecentHistory.class).of("rates")).isNotNull();
            assertThat(notes.lines).containsExactly("remember rates");
        });
    }

    @Test
    void aClosedContextLeavesNoMeterInARegistryThatLivesOn() {
        runner.run(context -> {
            open(context, snapshot -> {});
            context.close();
            assertThat(meters.getMeters()).isEmpty();
        });
    }

    @Test
    void whatRunsIsListedForAnOperator() {
        runner.run(context -> {
            RevisionSync<String> sync = open(context, snapshot -> {});
            sync.start();
            assertThat(context.getBean(Replicas.class).opened())
                    .extracting(
                            Replica::topic,
                            it -> it.source().name(),
                            it -> it.sync().localRevision())
                    .containsExactly(tuple(TOPIC, "shop", sync.localRevision()));
        });
    }

    @Test
    void aPausedContextStopsWhatWasStartedAndStartsItAgain() {
        runner.run(context -> {
            SyncedState<String> copy = SyncedState.create();
            RevisionSync<String> sync = open(context, copy);
            RevisionSync<String> idle = open(context, snapshot -> {});
            RevisionSync<String> stopped = open(context, snapshot -> {});
            sync.start();
            stopped.start();
            stopped.stop();

            ConfigurableApplicationContext itself =
                    context.getSourceApplicationContext(ConfigurableApplicationContext.class);
            itself.stop();
            assertThat(sync.status().state()).isEqualTo(SyncState.STOPPED);
            assertThat(users.transport().subscriptions()).isZero();
            Revision revision = users.source().set("bob");
            itself.start();

            await().until(() -> sync.localRevision().equals(revision));
            assertThat(copy.get()).isEqualTo("bob");
            assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
            assertThat(idle.status().state()).isEqualTo(SyncState.STARTING);
            assertThat(stopped.status().state()).isEqualTo(SyncState.STOPPED);
            assertThat(users.transport().subscriptions()).isOne();
        });
    }

    @Test
    void whatCannotBeStartedAgainAtOnceIsTriedUntilItCanOrIsStopped() {
        runner.withPropertyValues("statesync.defaults.catch-up.max=200ms").run(context -> {
            List<String> applied = new CopyOnWriteArrayList<>();
            RevisionSync<String> sync = open(context, snapshot -> {
                if (snapshot.data().equals("broken")) {
                    applied.add("refused");
                    throw new IllegalStateException("broken");
                }
                applied.add(snapshot.data());
            });
            sync.start();
            ConfigurableApplicationContext itself =
                    context.getSourceApplicationContext(ConfigurableApplicationContext.class);
            itself.stop();
            users.source().set("broken");
            itself.start();
            await().until(() -> applied.stream().filter("refused"::equals).count() >= 3);

            users.source().set("cid");
            await().until(() -> applied.contains("cid"));
            sync.stop();

            assertThat(sync.status().state()).isEqualTo(SyncState.STOPPED);
            assertThat(users.transport().subscriptions()).isZero();
        });
    }

    private List<Meter> meters() {
        return meters(TOPIC);
    }

    private List<Meter> meters(String topic) {
        return meters.getMeters().stream()
                .filter(meter -> topic.equals(meter.getId().getTag("topic")))
                .toList();
    }

    private static RevisionSync<String> open(ApplicationContext context, SnapshotApplier<? super String> applier) {
        return context.getBean(RevisionSyncFactory.class).open(TOPIC, String.class, applier);
    }

    static class Rates {
        @TopicSource("rates")
        String read() {
            return "high";
        }
    }

    private static final class Notes implements TopicMemory {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void remember(String topic) {
            lines.add("remember " + topic);
        }

        @Override
        public void forget(String topic) {
            lines.add("forget " + topic);
        }
    }
}
