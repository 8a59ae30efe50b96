package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncErrorContext;
import io.statesync.SyncException;
import io.statesync.SyncPhase;
import io.statesync.SyncState;
import io.statesync.policy.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The engine's cases (EX) about demand that outlives failures, an applier that hangs, and announcements that nobody confirms. */
public abstract class EngineRecoveryContract extends HandDrivenTestBed {

    /** 1, 2, 4, .. 30 seconds, without jitter. */
    private static final Backoff BACKOFF =
            Backoff.of(Duration.ofSeconds(1), Duration.ofSeconds(30)).withJitter(() -> 1);

    private static final long LARGEST = -1;

    @Test
    @DisplayName("EX-02: demand that a failed fetch left is met after the back-off, which events do not shorten")
    void demandThatAFailedFetchLeftIsMetAfterTheBackoff() {
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF));
        provider.failNext(new IOException("away"));
        provider.hold();
        change(5);
        provider.awaitCalls(2);
        change(6);
        provider.release();
        settle();
        assertThat(provider.calls()).isEqualTo(2);
        assertThat(sync.status().nextAttempt()).isEqualTo(Duration.ofSeconds(1));

        advance(Duration.ofMillis(500));
        deliver(6);
        deliver(5);
        settle();
        assertThat(provider.calls()).isEqualTo(2);
        advance(Duration.ofMillis(499));
        assertThat(provider.calls()).isEqualTo(2);

        advance(Duration.ofMillis(1));
        assertThat(sync.localRevision()).isEqualTo(rev(6));
        assertThat(provider.calls()).isEqualTo(3);
        assertThat(sync.status().failures()).isZero();
    }

    @Test
    @DisplayName("EX-04: a lagging answer is applied if newer, and asked again with back-off until it has caught up")
    void aLaggingAnswerIsAppliedAndAskedAgain() {
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF));
        provider.answer(4, "four");

        deliver(5);
        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(4));
        assertThat(sync.status().behind()).isTrue();
        assertThat(provider.calls()).isEqualTo(2);

        advance(Duration.ofSeconds(1));
        assertThat(provider.calls()).isEqualTo(3);
        advance(Duration.ofMillis(1999));
        assertThat(provider.calls()).isEqualTo(3);
        advance(Duration.ofMillis(1));
        assertThat(provider.calls()).isEqualTo(4);

        provider.answer(5, "five");
        advance(Duration.ofSeconds(4));
        assertThat(sync.localRevision()).isEqualTo(rev(5));
        assertThat(sync.status().behind()).isFalse();
        advance(Duration.ofMinutes(5));
        assertThat(provider.calls()).isEqualTo(5);
        assertThat(listener.errors()).isEmpty();
    }

    @Test
    @DisplayName("EX-05: a snapshot that could not be applied is asked for again by what was applied")
    void aSnapshotThatCouldNotBeAppliedIsAskedForAgain() {
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF));
        applier.failNext(new IllegalStateException("not now"));

        change(5);
        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(1));
        assertThat(applier.revisions()).containsExactly(rev(1));

        advance(Duration.ofSeconds(1));
        assertThat(sync.localRevision()).isEqualTo(rev(5));
        assertThat(applier.revisions()).containsExactly(rev(1), rev(5));
        assertThat(provider.conditions()).containsExactly(Optional.empty(), Optional.of(rev(1)), Optional.of(rev(1)));
        assertThat(listener.errors()).extracting(SyncErrorContext::phase).containsExactly(SyncPhase.APPLY);
    }

    @Test
    @DisplayName("EX-05: a restored connection and an explicit refresh shorten the back-off")
    void aRestoredConnectionAndAnExplicitRefreshShortenTheBackoff() {
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF));
        provider.fail(new IOException("away"));
        change(5);
        settle();
        assertThat(sync.refresh()).failsWithin(Patience.LIMIT);
        settle();
        assertThat(provider.calls()).isEqualTo(3);

        provider.recover();
        hand.last().loseConnection();
        hand.last().restoreConnection();

        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(5));
    }

    @Test
    @DisplayName("EX-35: an applier that never returns is interrupted and reported when the stop gives up on it")
    void anApplierThatNeverReturnsIsInterruptedAndReported() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        RevisionSync<String> sync = started();
        applier.hook(snapshot -> hangUntil(release, interrupted));
        change(2);
        applier.awaitBegun(2);
        CompletableFuture<Void> stopping = sync.stopAsync();
        scheduler.advance(Duration.ofMillis(9_999));
        assertThat(stopping).isNotDone();

        scheduler.advance(Duration.ofMillis(1));

        assertThat(stopping).succeedsWithin(Patience.LIMIT);
        until(() -> interrupted.getCount() == 0);
        assertThat(listener.errors()).extracting(SyncErrorContext::phase).containsExactly(SyncPhase.APPLY);
        assertThatThrownBy(sync::start)
                .isInstanceOf(SyncException.class)
                .hasStackTraceContaining(topic)
                .hasStackTraceContaining("appl");
        applier.hook(snapshot -> {});
        release.countDown();
        settle();
        sync.start();
        assertThat(sync.localRevision()).isEqualTo(rev(2));
        assertThat(applier.mostAtOnce()).isEqualTo(1);
    }

    @Test
    @DisplayName("EX-36: an announced revision that nobody confirms costs one fetch in the bare core")
    void anAnnouncedRevisionThatNobodyConfirmsCostsOneFetchInTheBareCore() {
        RevisionSync<String> sync = started();

        deliver(LARGEST);

        settle();
        advance(Duration.ofSeconds(100));
        assertThat(provider.calls()).isEqualTo(2);
        assertThat(sync.status().behind()).isTrue();
        assertThat(sync.status().state()).isEqualTo(SyncState.STALE);
    }

    @Test
    @DisplayName("EX-36: after two minutes of lower answers an unconfirmed revision is dropped and reported once")
    void afterTwoMinutesOfLowerAnswersAnUnconfirmedRevisionIsDropped() {
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF));
        deliver(LARGEST);
        settle();

        advanceInSteps(Duration.ofSeconds(110));
        assertThat(sync.status().behind()).isTrue();
        assertThat(provider.calls()).isLessThanOrEqualTo(2 + 9);

        advanceInSteps(Duration.ofSeconds(70));
        assertThat(sync.status().behind()).isFalse();
        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
        int calls = provider.calls();
        advanceInSteps(Duration.ofMinutes(10));
        assertThat(provider.calls()).isEqualTo(calls);
        assertThat(listener.errors()).singleElement().satisfies(error -> {
            assertThat(error.phase()).isEqualTo(SyncPhase.PROTOCOL);
            assertThat(error.eventRevision()).isEqualTo(rev(LARGEST));
        });
        change(2);
        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(2));
    }

    @Test
    @DisplayName("EX-36: while the source is silent the demand stays")
    void whileTheSourceIsSilentTheDemandStays() {
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF));
        provider.fail(new IOException("silent"));
        deliver(LARGEST);
        settle();

        advanceInSteps(Duration.ofMinutes(10));
        assertThat(sync.status().behind()).isTrue();
        assertThat(listener.errors(SyncPhase.PROTOCOL)).isEmpty();

        provider.recover();
        advanceInSteps(Duration.ofSeconds(60));
        assertThat(sync.status().behind()).isTrue();
        advanceInSteps(Duration.ofMinutes(3));
        assertThat(sync.status().behind()).isFalse();
        assertThat(listener.errors(SyncPhase.PROTOCOL)).hasSize(1);
    }

    @Test
    @DisplayName("EX-36: who waits for a revision that is dropped is told, who waits for less waits on")
    void whoWaitsForARevisionThatIsDroppedIsTold() {
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF));
        CompletableFuture<Revision> forged = sync.await(rev(LARGEST));
        settle();
        advanceInSteps(Duration.ofSeconds(110));
        CompletableFuture<Revision> real = sync.await(rev(2));
        assertThat(forged).isNotDone();

        advanceInSteps(Duration.ofSeconds(70));
        assertThat(forged).isCompletedExceptionally();
        assertThat(forged.handle((reached, error) -> error).join())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContainingAll(topic, Long.toUnsignedString(LARGEST), "dropped");
        assertThat(real).isNotDone();
        assertThat(sync.status().announcedRevision()).isEqualTo(rev(2));

        provider.answer(2, "two");
        advanceInSteps(Duration.ofSeconds(60));
        assertThat(real).isCompletedWithValue(rev(2));
    }

    private void advanceInSteps(Duration time) {
        for (long seconds = 0; seconds < time.toSeconds(); seconds++) {
            advance(Duration.ofSeconds(1));
        }
    }

    private static void hangUntil(CountDownLatch release, CountDownLatch interrupted) {
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        }
    }
}
