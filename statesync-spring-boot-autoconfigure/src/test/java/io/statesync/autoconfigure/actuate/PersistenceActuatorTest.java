package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.autoconfigure.AwayShop;
import io.statesync.autoconfigure.InMemoryShop;
import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.persistence.InMemorySnapshotStorage;
import io.statesync.persistence.Migrations;
import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import io.statesync.persistence.SnapshotPersistence;
import io.statesync.persistence.SnapshotStorage;
import io.statesync.policy.Scheduler;
import io.statesync.spring.PersistedStorage;
import io.statesync.spring.Replica;
import io.statesync.spring.Replicas;
import io.statesync.spring.SnapshotStorageDriver;
import io.statesync.spring.SyncLifecycle;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.json.JsonPersistedFormat;
import io.statesync.state.SyncedState;
import io.statesync.test.ManualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What an operator sees of a topic that is persisted, and does to it. */
class PersistenceActuatorTest {

    private static final Instant SAVED_AT = Instant.now().minus(Duration.ofHours(2));

    private final Vault vault = new Vault();
    private final InMemoryShop<String> shop = new InMemoryShop<>("stock", "first");

    private final ApplicationContextRunner persisted = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StateSyncAutoConfiguration.class,
                    StateSyncHealthAutoConfiguration.class,
                    StateSyncMetricsAutoConfiguration.class,
                    StateSyncEndpointAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean("vault", SnapshotStorageDriver.class, () -> vault)
            .withUserConfiguration(Application.class)
            .withPropertyValues(
                    "management.endpoints.web.exposure.include=statesync",
                    "statesync.topics.stock.persistence.storage=vault",
                    "statesync.topics.stock.persistence.throttle=0s");

    private final ApplicationContextRunner runner = shop.serve(persisted);
    private final ApplicationContextRunner withoutSource = new AwayShop().serve(persisted);

    @Test
    void theEndpointShowsWhatWasSavedAndTheMetersCountIt() {
        runner.run(context -> {
            awaitSaved(context, 1);

            PersistenceView shown = view(context);
            assertThat(shown.storage()).isEqualTo("vault");
            assertThat(shown.restored()).isFalse();
            assertThat(shown.restoredRevision()).isNull();
            assertThat(shown.savedRevision())
                    .isEqualTo(sync(context).localRevision().toString());
            assertThat(shown.savedAt()).isNotNull();
            assertThat(shown.pending()).isFalse();
            assertThat(shown.lastError()).isNull();
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(meters.get("statesync.persistence.saves")
                            .tags("topic", "stock", "outcome", "saved")
                            .timer()
                            .count())
                    .isOne();
            assertThat(meters.get("statesync.persistence.bytes").summary().totalAmount())
                    .isPositive();
            assertThat(meters.get("statesync.persistence.pending").gauge().value())
                    .isZero();
            assertThat(meters.get("statesync.persistence.loads").counters()).hasSize(4);
        });
    }

    @Test
    void aRestoredStateSaysSoAndHowLongAgoItWasSaved() throws Exception {
        keep(7, "kept");
        withoutSource
                .withPropertyValues("statesync.defaults.startup=persisted-first")
                .run(context -> {
                    context.getBean(SyncLifecycle.class).awaitRequired();

                    Health health = health(context);
                    assertThat(health.getStatus()).isEqualTo(Status.UP);
                    assertThat(health.getDetails())
                            .containsEntry("restored", true)
                            .containsEntry("revision", "7");
                    assertThat(Duration.parse((String) health.getDetails().get("sinceSaved")))
                            .isBetween(Duration.ofHours(2), Duration.ofHours(3));
                    assertThat(view(context).restored()).isTrue();
                    assertThat(view(context).restoredRevision()).isEqualTo("7");
                    assertThat(view(context).restoredSavedAt()).isEqualTo(Shown.time(SAVED_AT));
                    assertThat(context.getBean(MeterRegistry.class)
                                    .get("statesync.age")
                                    .gauge()
                                    .value())
                            .isBetween(7200.0, 10800.0);
                });
    }

    @Test
    void aRestoredStateWhoseTimeIsOverIsOutOfService() throws Exception {
        keep(7, "kept");
        ManualScheduler scheduler = new ManualScheduler();
        withoutSource
                .withBean(Scheduler.class, () -> scheduler)
                .withPropertyValues(
                        "statesync.defaults.startup=persisted-first", "statesync.topics.stock.max-staleness=5m")
                .run(context -> {
                    context.getBean(SyncLifecycle.class).awaitRequired();
                    assertThat(health(context).getStatus()).isEqualTo(Status.UP);

                    scheduler.advance(Duration.ofMinutes(6));

                    assertThat(health(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
                    assertThat(health(context).getDetails()).containsEntry("restored", true);
                });
    }

    @Test
    void aFailedSaveIsShownCountedAndFlushedByAnOperator() {
        vault.full = true;
        runner.run(context -> {
            await().until(() -> view(context).lastError() != null);
            assertThat(view(context).lastError().phase()).isEqualTo("save");
            assertThat(view(context).lastError().message()).contains("No space left on device");
            assertThat(view(context).pending()).isTrue();
            assertThat(endpoint(context).topic("stock").errors())
                    .anySatisfy(error -> assertThat(error.phase()).isEqualTo("save"));
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(meters.get("statesync.persistence.saves")
                            .tags("outcome", "failed")
                            .timer()
                            .count())
                    .isPositive();
            assertThat(meters.get("statesync.errors")
                            .tags("topic", "stock", "phase", "save")
                            .functionCounter()
                            .count())
                    .isPositive();
            vault.full = false;

            assertThat(endpoint(context).act("stock", "flush").error()).isNull();

            awaitSaved(context, 1);
            await().until(() -> !view(context).pending());
        });
    }

    @Test
    void anOperatorClearsTheRecordAndTheCopyStays() {
        runner.run(context -> {
            awaitSaved(context, 1);

            endpoint(context).act("stock", "clear");

            await().until(() -> replica(context).persisted().flush().isDone()
                    && vault.load("stock").orElseThrow().size() < 100);
            assertThat(sync(context).status().hasData()).isTrue();
        });
        runner.run(context -> {
            await().until(() -> sync(context).status().hasData());
            assertThat(view(context).restoredRevision()).isNull();
        });
    }

    @Test
    void whatIsNotPersistedHasNothingToFlush() {
        runner.withPropertyValues("statesync.topics.stock.persistence.storage=none")
                .run(context -> {
                    assertThat(view(context)).isNull();
                    assertThatThrownBy(() -> endpoint(context).act("stock", "flush"))
                            .isInstanceOf(ActionRefusedException.class)
                            .hasMessageContaining("topic \"stock\" is not persisted here");
                    assertThat(context.getBean(MeterRegistry.class)
                                    .find("statesync.persistence.saves")
                                    .timer())
                            .isNull();
                });
    }

    private void keep(long revision, String data) throws Exception {
        SnapshotPersistence<Object> former = SnapshotPersistence.forTopic("stock")
                .storage(vault)
                .codec(new JsonPersistedFormat(JsonMapper.shared()).codec(String.class, Migrations.none(1)))
                .clock(() -> SAVED_AT)
                .build();
        former.around(snapshot -> {}).apply(new SnapshotEnvelope<>(new Revision(revision), data));
        former.close();
    }

    private static void awaitSaved(ApplicationContext context, int saves) {
        await().until(() -> replica(context).persisted().statistics().saves() == saves);
    }

    private static Replica replica(ApplicationContext context) {
        return context.getBean(Replicas.class).all().get(0);
    }

    private static RevisionSync<?> sync(ApplicationContext context) {
        return replica(context).sync();
    }

    private static PersistenceView view(ApplicationContext context) {
        return endpoint(context).topic("stock").status().persistence();
    }

    private static StateSyncEndpoint endpoint(ApplicationContext context) {
        return context.getBean(StateSyncEndpoint.class);
    }

    private static Health health(ApplicationContext context) {
        Replica replica = replica(context);
        return new ReplicaHealth(
                        replica,
                        context.getBean(SyncLifecycle.class),
                        replica.settings().maxStaleness())
                .health();
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        @SyncedTopic("stock")
        SyncedState<String> copy() {
            return SyncedState.create();
        }
    }

    /** A storage that outlives the contexts, and whose disk may be full. */
    private static final class Vault implements SnapshotStorageDriver, SnapshotStorage {

        private final InMemorySnapshotStorage records = new InMemorySnapshotStorage();
        private volatile boolean full;

        @Override
        public String name() {
            return "vault";
        }

        @Override
        public PersistedStorage open(String property) {
            return PersistedStorage.of(this);
        }

        @Override
        public Optional<RecordBytes> load(String topic) {
            return records.load(topic);
        }

        @Override
        public boolean save(String topic, RecordVersion version, RecordBytes record) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            return records.save(topic, version, record);
        }

        @Override
        public String setAside(String topic, RecordBytes unreadable) {
            return records.setAside(topic, unreadable);
        }
    }
}
