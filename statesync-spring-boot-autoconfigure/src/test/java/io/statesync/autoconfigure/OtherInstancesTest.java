package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.Revision;
import io.statesync.memory.InMemoryTransport;
import io.statesync.source.RevisionCounter;
import io.statesync.source.StatePublisher;
import io.statesync.spring.AnnouncementDriver;
import io.statesync.spring.Announcer;
import io.statesync.spring.EventDriver;
import io.statesync.spring.SourceLog;
import io.statesync.spring.SourceSettings;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** Several instances of one application that announce over the same transport, and what each hears of the others. */
class OtherInstancesTest {

    private static final AtomicInteger TRUTH = new AtomicInteger();

    private final InMemoryTransport shared = new InMemoryTransport();
    private final RevisionCounter counter = RevisionCounter.hybrid();

    /** One instance: its truth and its counter are those of all. */
    private final ApplicationContextRunner instance = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class))
            .withBean("sharedEvents", EventDriver.class, () -> new SharedEvents(shared))
            .withBean(AnnouncementDriver.class, () -> new SharedAnnouncements(shared))
            .withUserConfiguration(Instance.class)
            .withPropertyValues("statesync.announce=shared");

    private final ApplicationContextRunner sharing =
            instance.withBean(RevisionCounter.class, () -> new SharedCounter(counter));

    @Test
    void aChangeAtOneInstanceReachesTheReplicasOfTheOther() {
        sharing.run(one -> sharing.run(other -> {
            await("both have a copy")
                    .until(() -> copy(one).hasValue() && copy(other).hasValue());
            TRUTH.incrementAndGet();
            Revision revision = change(one);

            await("the other instance applies it")
                    .until(() -> copy(other).snapshot().revision().equals(revision));
            assertThat(copy(other).get()).isEqualTo(TRUTH.get());
            await("and so does the one that made it")
                    .until(() -> copy(one).snapshot().revision().equals(revision));
        }));
    }

    @Test
    void eachInstanceSaysEachChangeOnceAndRepeatsNoneOfTheOthers() {
        sharing.run(one -> sharing.run(other -> {
            Revision revision = change(one);

            await("it is said there").until(() -> announced(other, revision) == 1);
            assertThat(announced(one, revision)).isEqualTo(1);
            Revision next = change(other);
            await("it is said here").until(() -> announced(one, next) == 1);
            assertThat(announced(other, next)).isEqualTo(1);
            assertThat(announced(one, revision)).isEqualTo(1);
        }));
    }

    @Test
    void whatCameOverTwoTransportsIsSaidOnce() {
        sharing.run(one -> {
            InvalidationEvent event = new InvalidationEvent("numbers", new Revision(7), "elsewhere", 1, null);
            shared.publish(event);
            shared.publish(event);
            shared.publish(new InvalidationEvent("numbers", new Revision(8), "elsewhere", 1, null));

            await("the next one is said").until(() -> said(one, new Revision(8)) == 1);
            assertThat(said(one, new Revision(7))).isEqualTo(1);
        });
    }

    @Test
    void afterALossTheCurrentRevisionsAreSaidSinceAnnouncementsMayBeMissing() {
        sharing.run(one -> {
            await("what was current at the start was said")
                    .until(() -> copy(one).hasValue());
            shared.disconnect();
            TRUTH.incrementAndGet();
            Revision missed = counter.next("numbers");

            shared.reconnect();

            await("the replica here has it")
                    .until(() -> copy(one).snapshot().revision().equals(missed));
            assertThat(said(one, missed)).isEqualTo(1);
        });
    }

    @Test
    void twoInstancesThatCountEachInItsOwnMemoryAreReportedOnce() {
        try (Warnings warnings = new Warnings()) {
            instance.run(one -> instance.run(other -> {
                change(one);
                change(other);
                change(one);
                change(other);

                String here = one.getBean(Announcer.class).sourceId();
                String there = other.getBean(Announcer.class).sourceId();
                await("both report it, once").until(() -> inTurn(warnings).size() == 2);
                assertThat(inTurn(warnings))
                        .allSatisfy(line ->
                                assertThat(line).contains("Topic numbers: ", here, there, "statesync.counter=jdbc"));
            }));
        }
    }

    @Test
    void anInstanceThatTookTheOthersPlaceIsNoReasonToWarnNorIsACounterThatIsShared() {
        try (Warnings warnings = new Warnings()) {
            instance.run(OtherInstancesTest::change);
            instance.run(later -> {
                change(later);
                change(later);
            });
            sharing.run(one -> sharing.run(other -> {
                change(one);
                change(other);
                change(one);
                Revision last = change(other);
                await("it arrives").until(() -> announced(one, last) == 1);
            }));
            assertThat(inTurn(warnings)).isEmpty();
        }
    }

    private static List<String> inTurn(Warnings warnings) {
        return warnings.lines().stream()
                .filter(line -> line.contains("announce it in turn"))
                .toList();
    }

    private static Revision change(ApplicationContext instance) {
        return instance.getBean(StatePublisher.class).invalidate("numbers").join();
    }

    /* Without what an instance reads from the counter when it begins to listen: that names no instance. */
    private static long announced(ApplicationContext instance, Revision revision) {
        return instance.getBean(Instance.class).said.stream()
                .filter(event -> event.sourceId() != null && event.revision().equals(revision))
                .count();
    }

    private static long said(ApplicationContext instance, Revision revision) {
        return instance.getBean(Instance.class).said.stream()
                .filter(event -> event.revision().equals(revision))
                .count();
    }

    @SuppressWarnings("unchecked")
    private static SyncedState<Integer> copy(ApplicationContext instance) {
        return instance.getBean(SyncedState.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Instance {

        private final List<InvalidationEvent> said = new CopyOnWriteArrayList<>();

        @TopicSource("numbers")
        int numbers() {
            return TRUTH.get();
        }

        @Bean
        @SyncedTopic("numbers")
        SyncedState<Integer> copy() {
            return SyncedState.create();
        }

        @EventListener
        void on(InvalidationEvent event) {
            said.add(event);
        }
    }

    private record SharedEvents(InMemoryTransport transport) implements EventDriver {
        @Override
        public String name() {
            return "shared";
        }

        @Override
        public InvalidationSubscriber open(SourceSettings source, SourceLog log) {
            return transport;
        }
    }

    private record SharedAnnouncements(InMemoryTransport transport) implements AnnouncementDriver {
        @Override
        public String name() {
            return "shared";
        }

        @Override
        public InvalidationPublisher open() {
            return transport::publish;
        }
    }

    /** As one in a database is: not of the process's own memory. */
    private record SharedCounter(RevisionCounter counter) implements RevisionCounter {
        @Override
        public Revision next(String topic) {
            return counter.next(topic);
        }

        @Override
        public Map<String, Revision> current(Collection<String> topics) throws Exception {
            return counter.current(topics);
        }
    }
}
