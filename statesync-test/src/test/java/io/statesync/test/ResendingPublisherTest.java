package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.policy.Backoff;
import io.statesync.source.ResendingPublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResendingPublisherTest {

    private final ManualScheduler scheduler = new ManualScheduler();
    private final ManualExecutor executor = new ManualExecutor();
    private final List<InvalidationEvent> taken = new ArrayList<>();
    private final List<InvalidationEvent> failed = new ArrayList<>();
    private final Backoff backoff =
            Backoff.of(Duration.ofSeconds(1), Duration.ofSeconds(4)).withJitter(() -> 1);
    private boolean away;
    private final ResendingPublisher publisher =
            new ResendingPublisher(this::take, scheduler, executor, backoff, (event, error) -> failed.add(event));

    private void take(InvalidationEvent event) {
        if (away) {
            throw new IllegalStateException("away");
        }
        taken.add(event);
    }

    @Test
    void whatIsTakenIsNotSentAgain() {
        publisher.publish(event("a", 1));

        assertThat(taken).containsExactly(event("a", 1));
        assertThat(publisher.unsent()).isZero();
        assertThat(scheduler.pendingTimers()).isZero();
    }

    @Test
    void theNewestEventOfEachTopicIsKeptAndSentAgainWithBackoff() {
        away = true;
        publisher.publish(event("a", 1));
        publisher.publish(event("a", 3));
        publisher.publish(event("a", 2));
        publisher.publish(event("b", 1));
        assertThat(publisher.unsent()).isEqualTo(2);
        assertThat(failed).hasSize(4);
        assertThat(scheduler.pendingTimers()).isEqualTo(1);

        pass(1);
        assertThat(taken).isEmpty();
        pass(1);
        assertThat(failed).hasSize(6);
        away = false;
        pass(1);

        assertThat(taken).containsExactly(event("a", 3), event("b", 1));
        assertThat(publisher.unsent()).isZero();
        pass(100);
        assertThat(taken).hasSize(2);
    }

    @Test
    void aNewerEventThatIsTakenOvertakesTheOneThatWasKept() {
        away = true;
        publisher.publish(event("a", 1));
        away = false;

        publisher.publish(event("a", 2));
        pass(10);

        assertThat(taken).containsExactly(event("a", 2));
    }

    @Test
    void anOlderEventThatIsTakenDoesNotReplaceTheOneThatWasKept() {
        away = true;
        publisher.publish(event("a", 5));
        away = false;

        publisher.publish(event("a", 4));
        assertThat(publisher.unsent()).isEqualTo(1);
        pass(10);

        assertThat(taken).containsExactly(event("a", 4), event("a", 5));
    }

    @Test
    void aClosedPublisherForgetsWhatWasKept() {
        away = true;
        publisher.publish(event("a", 1));

        publisher.close();
        publisher.publish(event("b", 1));
        away = false;
        pass(10);

        assertThat(publisher.unsent()).isZero();
        assertThat(taken).isEmpty();
    }

    @Test
    void aRefusedTimerLosesNothing() {
        away = true;
        scheduler.refuse(true);
        publisher.publish(event("a", 1));
        assertThat(publisher.unsent()).isEqualTo(1);
        scheduler.refuse(false);

        publisher.publish(event("b", 1));
        away = false;
        pass(10);

        assertThat(taken).containsExactly(event("a", 1), event("b", 1));
    }

    @Test
    void aRefusingExecutorLosesNothing() {
        away = true;
        publisher.publish(event("a", 1));
        executor.refuse(true);
        assertThatCode(() -> pass(1)).doesNotThrowAnyException();
        executor.refuse(false);
        away = false;

        publisher.publish(event("b", 1));
        pass(60);

        assertThat(taken).containsExactlyInAnyOrder(event("a", 1), event("b", 1));
    }

    @Test
    void aThrowingObserverLosesNothing() {
        away = true;
        ResendingPublisher observed =
                new ResendingPublisher(this::take, scheduler, executor, backoff, (event, error) -> {
                    throw new IllegalStateException("broken");
                });

        assertThatCode(() -> observed.publish(event("a", 1))).doesNotThrowAnyException();
        away = false;
        pass(10);

        assertThat(taken).containsExactly(event("a", 1));
    }

    private void pass(int seconds) {
        scheduler.advance(Duration.ofSeconds(seconds));
        executor.runAll();
    }

    private static InvalidationEvent event(String topic, long revision) {
        return InvalidationEvent.of(topic, new Revision(revision));
    }
}
