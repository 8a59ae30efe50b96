package io.statesync.spring.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.policy.Backoff;
import io.statesync.test.ManualExecutor;
import io.statesync.test.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody who announces waits; nothing that is the newest of its topic is lost. */
class OutboxTest {

    private final ManualExecutor executor = new ManualExecutor();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<List<InvalidationEvent>> rounds = new ArrayList<>();
    private boolean broken;

    private final Outbox outbox = new Outbox(
            "channel",
            events -> {
                if (broken) {
                    throw new IllegalStateException("no broker");
                }
                rounds.add(events);
            },
            scheduler,
            executor,
            Backoff.of(Duration.ofSeconds(1), Duration.ofSeconds(1)).withJitter(() -> 1));

    @Test
    void ofWhatGathersTheNewestOfEachTopicIsSentAtOnce() {
        put("a", 1);
        put("b", 1);
        put("a", 3);
        put("a", 2);
        assertThat(rounds).isEmpty();

        executor.runAll();

        assertThat(rounds).containsExactly(List.of(event("a", 3), event("b", 1)));
    }

    @Test
    void whatIsNotTakenIsSentAgainAfterAWhile() {
        broken = true;
        put("a", 1);
        executor.runAll();
        put("b", 1);
        put("a", 2);
        executor.runAll();
        assertThat(rounds).isEmpty();

        broken = false;
        scheduler.advance(Duration.ofSeconds(1));
        executor.runAll();

        assertThat(rounds).containsExactly(List.of(event("a", 2), event("b", 1)));
    }

    @Test
    void whatFailsDoesNotTakeThePlaceOfANewerOne() {
        broken = true;
        put("a", 5);
        executor.runAll();
        put("a", 4);
        broken = false;
        scheduler.advance(Duration.ofSeconds(1));
        executor.runAll();

        assertThat(rounds).containsExactly(List.of(event("a", 5)));
    }

    @Test
    void afterTheEndNothingIsTaken() {
        outbox.shut();

        assertThatThrownBy(() -> put("a", 1)).hasMessageContaining("topic \"a\" was not announced");
    }

    private void put(String topic, long revision) {
        outbox.put(event(topic, revision));
    }

    private static InvalidationEvent event(String topic, long revision) {
        return InvalidationEvent.of(topic, new Revision(revision));
    }
}
