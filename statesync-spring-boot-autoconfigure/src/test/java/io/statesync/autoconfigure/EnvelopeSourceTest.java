package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncState;
import io.statesync.source.RevisionCounter;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.TopicSources;
import io.statesync.state.SyncedState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** A source method that knows its own revision, such as a column of its table. */
@ExtendWith(OutputCaptureExtension.class)
class EnvelopeSourceTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class))
            .withUserConfiguration(Application.class);

    @Test
    void itsOwnRevisionIsAnnouncedAtTheStart() {
        runner.run(context -> {
            Application source = context.getBean(Application.class);
            await().until(() -> source.announced("prices").contains(new Revision(7)));
            context.stop();
            source.revision = 8;

            context.start();

            await().until(() -> source.announced("prices").contains(new Revision(8)));
        });
    }

    @Test
    void whatItAnswersIsAppliedUnderItsRevision() {
        runner.run(context -> {
            RevisionSync<?> sync = context.getBean("revisionSync.prices", RevisionSync.class);
            await().until(() -> sync.status().state() == SyncState.LIVE);
            assertThat(sync.localRevision()).isEqualTo(new Revision(7));
            context.getBean(Application.class).revision = 9;

            Revision told =
                    context.getBean(StatePublisher.class).invalidate("prices").join();

            assertThat(told).isEqualTo(new Revision(9));
            await().until(() -> sync.localRevision().equals(told));
        });
    }

    @Test
    void itsRevisionIsToldWithoutTheCounter() {
        runner.withBean(RevisionCounter.class, Away::new)
                .run(context -> assertThat(
                                context.getBean(TopicSources.class).revisions().current(List.of("prices")))
                        .isEqualTo(Map.of("prices", new Revision(7))));
    }

    @Test
    void oneThatCannotBeReadBreaksNoStartAndIsReported(CapturedOutput output) {
        runner.withUserConfiguration(Broken.class).run(context -> {
            assertThat(context).hasNotFailed();
            await().until(() -> output.getAll().contains("Topic rates: not announced at the start"));
            Application source = context.getBean(Application.class);
            await().until(() -> source.announced("prices").contains(new Revision(7)));
            assertThat(output.getAll()).contains("no table").doesNotContain("\tat io.statesync");
            assertThat(source.announced("rates")).isEmpty();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {
        private final List<InvalidationEvent> heard = new CopyOnWriteArrayList<>();
        volatile long revision = 7;

        @TopicSource("prices")
        SnapshotEnvelope<String> prices() {
            return new SnapshotEnvelope<>(new Revision(revision), "cheap");
        }

        @Bean
        @SyncedTopic("prices")
        SyncedState<String> copy() {
            return SyncedState.create();
        }

        @EventListener
        void on(InvalidationEvent event) {
            heard.add(event);
        }

        List<Revision> announced(String topic) {
            return heard.stream()
                    .filter(event -> event.topic().equals(topic))
                    .map(InvalidationEvent::revision)
                    .toList();
        }
    }

    private static final class Away implements RevisionCounter {
        @Override
        public Revision next(String topic) {
            throw new IllegalStateException("no database");
        }

        @Override
        public Map<String, Revision> current(Collection<String> topics) {
            if (topics.isEmpty()) {
                return Map.of();
            }
            throw new IllegalStateException("no database");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Broken {
        @TopicSource("rates")
        SnapshotEnvelope<String> rates() {
            throw new IllegalStateException("no table");
        }
    }
}
