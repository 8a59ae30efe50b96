package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.spring.Replica;
import io.statesync.spring.Replicas;
import io.statesync.spring.SyncLifecycle;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What health says of a topic. */
class HealthTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(StateSyncAutoConfiguration.class, StateSyncHealthAutoConfiguration.class))
            .withUserConfiguration(ActuatorTest.Application.class);

    @Test
    void aTopicWithDataIsUpAndSaysWhatTheDataIsWorth() {
        runner.run(context -> {
            await().until(() -> sync(context).status().state() == SyncState.LIVE);

            Health health = health(context);

            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .containsEntry("state", "LIVE")
                    .containsEntry("revision", sync(context).localRevision().toString())
                    .containsEntry("behind", false)
                    .containsEntry("connected", true)
                    .containsEntry("regressions", 0L)
                    .containsKey("age")
                    .doesNotContainKey("error");
        });
    }

    @Test
    void aTopicWithoutDataIsOutOfServiceAndSaysWhy() {
        runner.withBean(ActuatorTest.Broken.class)
                .run(context -> await().untilAsserted(() -> {
                    Health health = health(context, "broken");
                    assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
                    assertThat(health.getDetails())
                            .containsEntry("error", "getSnapshot: IllegalStateException: no table");
                }));
    }

    @Test
    void aTopicThatWasStoppedKeepsItsDataAndIsUp() {
        runner.run(context -> {
            await().until(() -> sync(context).status().state() == SyncState.LIVE);
            sync(context).stop();
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(health(context).getDetails()).containsEntry("state", "STOPPED");
        });
    }

    @Test
    void aTopicInTheBackgroundWithoutDataIsUnknownAndHarmsNobody() {
        runner.withBean(ActuatorTest.Broken.class)
                .withPropertyValues("statesync.topics.broken.startup=background")
                .run(context -> await().untilAsserted(() -> {
                    Health health = health(context, "broken");
                    assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
                    assertThat(health.getDetails())
                            .containsEntry("state", "FAILED")
                            .containsKeys("error", "nextAttempt");
                }));
    }

    @Test
    void aTopicOlderThanItsLimitIsOutOfServiceAndSaysBoth() {
        runner.run(context -> {
            await().until(() -> sync(context).status().state() == SyncState.LIVE);
            Replica replica = context.getBean(Replicas.class).all().get(0);
            HealthIndicator strict =
                    new ReplicaHealth(replica, context.getBean(SyncLifecycle.class), Duration.ofNanos(1));

            Health health = strict.health();

            assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(health.getDetails()).containsKeys("age", "maxStaleness").containsEntry("state", "LIVE");
        });
    }

    @Test
    void aPausedTopicIsUnknownAndSaysSo() {
        runner.run(context -> {
            await().until(() -> sync(context).status().state() == SyncState.LIVE);

            context.getBean(SyncLifecycle.class).pause("flags").join();

            assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN);
            assertThat(health(context).getDetails())
                    .containsEntry("state", "PAUSED")
                    .containsKey("pausedSince");
            sync(context).start();
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    void credentialsAreNotShown() {
        runner.withBean(Leaking.class)
                .run(context -> await().untilAsserted(() -> assertThat(
                                health(context, "leaking").getDetails())
                        .containsEntry("error", "getSnapshot: IllegalStateException: https://..@db with password=..")));
    }

    private static RevisionSync<?> sync(ApplicationContext context) {
        return context.getBean("revisionSync.flags", RevisionSync.class);
    }

    private static Health health(ApplicationContext context) {
        return health(context, "flags");
    }

    private static Health health(ApplicationContext context, String topic) {
        CompositeHealthContributor all =
                context.getBean("statesyncHealthContributor", CompositeHealthContributor.class);
        return ((HealthIndicator) all.getContributor(topic)).health();
    }

    static class Leaking {
        @TopicSource("leaking")
        String read() {
            throw new IllegalStateException("https://me:hunter2@db with password=hunter2");
        }

        @SyncedTopic("leaking")
        void apply(String data) {}
    }
}
