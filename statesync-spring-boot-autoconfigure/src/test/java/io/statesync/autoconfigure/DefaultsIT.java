package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.InvalidationSubscriber;
import io.statesync.RevisionSync;
import io.statesync.policy.Scheduler;
import io.statesync.spring.EventDriver;
import io.statesync.spring.SourceLog;
import io.statesync.spring.SourceSettings;
import io.statesync.test.HandSubscriber;
import io.statesync.test.ManualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What a replica does that says nothing but the URL of its source. Its events are in the test's hand, and so is time. */
class DefaultsIT {

    private final ManualScheduler time = new ManualScheduler();
    private final HandSubscriber events = HandSubscriber.confirming();
    private final StubSource source = new StubSource();
    private final ApplicationContextRunner replica = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(StateSyncAutoConfiguration.class, StateSyncHttpAutoConfiguration.class))
            .withBean(Scheduler.class, () -> time)
            .withBean(EventDriver.class, () -> new Hand(events))
            .withPropertyValues("statesync.sources.shop.urls=" + source.url());

    DefaultsIT() throws IOException {}

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void theSourceIsAskedForItsRevisionsEveryHalfMinuteGiveOrTakeAFifth() {
        replica.withPropertyValues(topic("prices")).run(context -> {
            awaitRevision(context, "1");
            source.revision = "2";

            time.advance(Duration.ofMillis(23_900));
            assertThat(source.questions).hasValue(0);
            time.advance(Duration.ofMillis(12_200));

            awaitRevision(context, "2");
            assertThat(source.questions).hasValue(1);
        });
    }

    @Test
    void aTopicThatIsBehindIsCaughtUpWithFromTwoHundredMillisecondsToHalfAMinute() {
        replica.withPropertyValues(topic("prices")).run(context -> {
            awaitRevision(context, "1");
            source.busy = true;
            source.revision = "2";
            events.last().deliver(2);
            int fetched = awaitFetches(2);

            // after n failures at the latest: 200 ms, 400 ms .. 30 s
            for (long millis = 200; fetched < 14; millis = Math.min(2 * millis, 30_000)) {
                await().until(() ->
                        time.pendingTimers() > 0 && sync(context).status().nextAttempt() != null);
                time.advance(Duration.ofMillis(millis));
                fetched = awaitFetches(fetched + 1);
            }

            source.busy = false;
            await().until(() -> sync(context).status().nextAttempt() != null);
            time.advance(Duration.ofSeconds(30));
            awaitRevision(context, "2");
        });
    }

    @Test
    void aSourceIsAskedForEightSnapshotsAtATime() {
        source.hold();
        String[] twenty =
                IntStream.range(0, 20).mapToObj(i -> topic("topic-" + i)).toArray(String[]::new);
        replica.withPropertyValues(twenty).run(context -> {
            await().until(() -> source.held.get() == 8);
            source.release();
            await().until(() -> source.fetches.get() == 20);
        });
    }

    private int awaitFetches(int atLeast) {
        await().until(() -> source.fetches.get() >= atLeast);
        return source.fetches.get();
    }

    private static void awaitRevision(ApplicationContext context, String revision) {
        await().until(() -> sync(context).localRevision().toString().equals(revision));
    }

    private static RevisionSync<?> sync(ApplicationContext context) {
        return context.getBean(RevisionSync.class);
    }

    private static String topic(String name) {
        return "statesync.topics." + name + ".type=java.lang.String";
    }

    /** In the place of the STOMP transport, which is what a source with URLs uses. */
    private record Hand(HandSubscriber events) implements EventDriver {

        @Override
        public String name() {
            return "stomp";
        }

        @Override
        public InvalidationSubscriber open(SourceSettings source, SourceLog log) {
            return events;
        }
    }
}
