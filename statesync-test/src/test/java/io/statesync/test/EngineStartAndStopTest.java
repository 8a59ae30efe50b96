package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.statesync.RevisionSync;
import io.statesync.RevisionSyncBuilder;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.policy.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What start, stop and the settings promise beyond the numbered cases (E1, E2, E5). */
class EngineStartAndStopTest extends HandDrivenTestBed {

    private static final Backoff BACKOFF =
            Backoff.of(Duration.ofSeconds(1), Duration.ofSeconds(30)).withJitter(() -> 1);

    @Test
    void aBrokenUnsubscribeIsReportedAndTheStopSucceeds() {
        hand.failOnClose(new IllegalStateException("cannot unsubscribe"));
        RevisionSync<String> sync = started();

        sync.stop();

        assertThat(listener.errors()).extracting(SyncErrorContext::phase).containsExactly(SyncPhase.SUBSCRIBE);
    }

    @Test
    void aSecondStopWaitsForTheSameApply() {
        RevisionSync<String> sync = started();
        applier.hold();
        change(2);
        applier.awaitBegun(2);

        CompletableFuture<Void> first = sync.stopAsync();
        CompletableFuture<Void> second = sync.stopAsync();
        assertThat(second).isNotDone();
        applier.release();

        assertThat(first).succeedsWithin(Patience.LIMIT);
        assertThat(second).succeedsWithin(Patience.LIMIT);
    }

    @Test
    void aStartDuringAStopWaitsForTheRunningApply() {
        RevisionSync<String> sync = started();
        applier.hold();
        change(2);
        applier.awaitBegun(2);
        CompletableFuture<Void> stopping = sync.stopAsync();

        CompletableFuture<Void> starting = sync.startAsync();
        hand.awaitSubscription(2);
        assertThat(starting).isNotDone();
        provider.answer(3, "three");
        applier.release();

        assertThat(stopping).succeedsWithin(Patience.LIMIT);
        assertThat(starting).succeedsWithin(Patience.LIMIT);
        assertThat(applier.revisions()).containsExactly(rev(1), rev(2), rev(3));
        assertThat(applier.mostAtOnce()).isEqualTo(1);
    }

    @Test
    void aStartThatWaitsForAnApplyFailsWhenTheStopGivesUpOnIt() {
        RevisionSync<String> sync = started();
        applier.holdStubbornly();
        change(2);
        applier.awaitBegun(2);
        CompletableFuture<Void> stopping = sync.stopAsync();
        CompletableFuture<Void> starting = sync.startAsync();
        hand.awaitSubscription(2);

        scheduler.advance(Duration.ofSeconds(10));

        assertThat(stopping).succeedsWithin(Patience.LIMIT);
        assertThat(starting).failsWithin(Patience.LIMIT);
        until(() -> hand.open() == 0);
    }

    @Test
    void aStartThatFailsPromisesNoRetry() {
        provider.fail(new IOException("away"));
        RevisionSync<String> sync = build(builder().catchUp(BACKOFF));

        assertThat(sync.startAsync()).failsWithin(Patience.LIMIT);

        settle();
        assertThat(listener.errors()).singleElement().satisfies(error -> {
            assertThat(error.willRetry()).isFalse();
            assertThat(error.nextDelay()).isNull();
        });
        assertThat(sync.status().nextAttempt()).isNull();
        advance(Duration.ofMinutes(5));
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    void aFailureThatIsCaughtUpSaysWhen() {
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF));
        provider.fail(new IOException("away"));

        change(2);

        settle();
        assertThat(listener.errors()).singleElement().satisfies(error -> {
            assertThat(error.willRetry()).isTrue();
            assertThat(error.nextDelay()).isEqualTo(Duration.ofSeconds(1));
            assertThat(error.eventRevision()).isEqualTo(rev(2));
            assertThat(error.localRevision()).isEqualTo(rev(1));
        });
        assertThat(sync.status().nextAttempt()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aSyncKnowsItsTopicAndShowsItself() {
        RevisionSync<String> sync = started();

        assertThat(sync.topic()).isEqualTo(topic);
        assertThat(sync.toString()).contains(topic);
        assertThat(sync.refresh()).succeedsWithin(Patience.LIMIT);
    }

    @Test
    void durationsThatMakeNoSenseAreRefusedByName() {
        RevisionSyncBuilder<String> builder = builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.fetchTimeout(Duration.ZERO))
                .withMessageContaining("fetchTimeout")
                .withMessageContaining(topic);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.stopTimeout(Duration.ofSeconds(-1)))
                .withMessageContaining("stopTimeout");
        assertThat(build(builder.fetchTimeout(Duration.ofSeconds(1)).stopTimeout(Duration.ofSeconds(1)))
                        .topic())
                .isEqualTo(topic);
        assertThatIllegalArgumentException().isThrownBy(() -> started().await(rev(9), Duration.ofSeconds(-1)));
    }
}
