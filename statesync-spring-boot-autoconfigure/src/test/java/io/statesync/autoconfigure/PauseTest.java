package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncLifecycle;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A topic that an operator pauses. */
class PauseTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class))
            .withUserConfiguration(Application.class);

    @Test
    void aPausedTopicHearsNothingAndKeepsItsDataUntilItIsResumed() {
        runner.run(context -> {
            awaitLive(context);
            Revision before = sync(context).localRevision();

            lifecycle(context).pause("flags").join();
            Revision missed =
                    context.getBean(StatePublisher.class).invalidate("flags").join();

            assertThat(lifecycle(context).pausedSince("flags")).isNotNull();
            assertThat(sync(context).status().state()).isEqualTo(SyncState.STOPPED);
            assertThat(sync(context).status().connected()).isFalse();
            assertThat(sync(context).localRevision()).isEqualTo(before);
            lifecycle(context).resume("flags");
            await().until(() -> sync(context).localRevision().equals(missed));
            awaitLive(context);
            assertThat(lifecycle(context).pausedSince("flags")).isNull();
        });
    }

    @Test
    void aPauseOutlastsAStopAndAStartOfTheContext() {
        runner.run(context -> {
            awaitLive(context);
            lifecycle(context).pause("flags").join();

            context.stop();
            context.start();

            assertThat(lifecycle(context).isRunning()).isTrue();
            assertThat(sync(context).status().state()).isEqualTo(SyncState.STOPPED);
            lifecycle(context).resume("flags");
            awaitLive(context);
        });
    }

    @Test
    void aTopicThatIsPausedAndResumedWhileTheContextIsStoppedStartsWithIt() {
        runner.run(context -> {
            awaitLive(context);
            context.stop();
            lifecycle(context).pause("flags").join();
            lifecycle(context).resume("flags");
            assertThat(sync(context).status().state()).isEqualTo(SyncState.STOPPED);

            context.start();

            awaitLive(context);
        });
    }

    @Test
    void theStartOfTheApplicationDoesNotWaitForAPausedTopic() {
        runner.withBean(Broken.class).run(context -> {
            CompletableFuture<Void> ready = CompletableFuture.runAsync(lifecycle(context)::awaitRequired);

            lifecycle(context).pause("broken").join();

            ready.join();
            assertThat(lifecycle(context).untilNextStart("broken")).isNull();
        });
    }

    @Test
    void pausingAndResumingTwiceIsTheSameAsOnce() {
        runner.run(context -> {
            awaitLive(context);
            lifecycle(context).resume("flags");
            lifecycle(context).pause("flags").join();
            lifecycle(context).pause("flags").join();
            lifecycle(context).resume("flags");
            lifecycle(context).resume("flags");
            awaitLive(context);
        });
    }

    @Test
    void manyPausesAndResumesInARowEndAsTheLastOneSays() {
        runner.run(context -> {
            for (int i = 0; i < 200; i++) {
                lifecycle(context).pause("flags");
                lifecycle(context).resume("flags");
            }
            awaitLive(context);
            for (int i = 0; i < 200; i++) {
                lifecycle(context).resume("flags");
                lifecycle(context).pause("flags");
            }
            lifecycle(context).pause("flags").join();
            assertThat(sync(context).status().state()).isEqualTo(SyncState.STOPPED);
        });
    }

    @Test
    void aTopicOfWhichNoCopyIsHereCannotBePaused() {
        runner.run(context -> assertThatIllegalArgumentException()
                .isThrownBy(() -> lifecycle(context).pause("flagz"))
                .withMessage("topic \"flagz\" has no replica here. Known here: flags."));
    }

    private static SyncLifecycle lifecycle(ApplicationContext context) {
        return context.getBean(SyncLifecycle.class);
    }

    private static RevisionSync<?> sync(ApplicationContext context) {
        return context.getBean("revisionSync.flags", RevisionSync.class);
    }

    private static void awaitLive(ApplicationContext context) {
        await().until(() -> sync(context).status().state() == SyncState.LIVE);
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

    static class Broken {
        @TopicSource("broken")
        String read() {
            throw new IllegalStateException("no table");
        }

        @SyncedTopic("broken")
        void apply(String data) {}
    }
}
