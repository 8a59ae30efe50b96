package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.source.RevisionCounter;
import io.statesync.spring.SyncLifecycle;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A paused context that cannot go on, and then can. */
class RestartTest {

    private final Counter counter = new Counter();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class))
            .withBean(RevisionCounter.class, () -> counter)
            .withBean(Flags.class);

    @Test
    void aStartThatTheCounterPreventedIsMadeByTheNextOne() {
        runner.run(context -> {
            RevisionSync<?> sync = context.getBean("revisionSync.flags", RevisionSync.class);
            SyncLifecycle lifecycle = context.getBean(SyncLifecycle.class);
            await().until(() -> sync.status().state() == SyncState.LIVE);
            lifecycle.stop();
            counter.away = true;
            assertThatThrownBy(lifecycle::start).hasMessageContaining("flags");
            assertThat(lifecycle.isRunning()).isFalse();
            counter.away = false;

            lifecycle.start();

            await().until(() -> sync.status().state() == SyncState.LIVE);
        });
    }

    private static final class Counter implements RevisionCounter {

        private final RevisionCounter counter = RevisionCounter.sequential();
        private volatile boolean away;

        @Override
        public Revision next(String topic) {
            return counter.next(topic);
        }

        @Override
        public Map<String, Revision> current(Collection<String> topics) throws Exception {
            if (away) {
                throw new IllegalStateException("no table");
            }
            return counter.current(topics);
        }
    }

    static class Flags {
        @TopicSource("flags")
        String read() {
            return "a";
        }

        @SyncedTopic("flags")
        void apply(String data) {}
    }
}
