package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationHandler;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.Subscription;
import io.statesync.SyncState;
import io.statesync.policy.Backoff;
import io.statesync.policy.RetryAfter;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Ways in which a value could be lost that only show when two things meet. */
class EngineLossTest extends HandDrivenTestBed {

    /** 1, 2, 4, .. 30 seconds, without jitter. */
    private static final Backoff BACKOFF =
            Backoff.of(Duration.ofSeconds(1), Duration.ofSeconds(30)).withJitter(() -> 1);

    private final AtomicReference<Runnable> onClose = new AtomicReference<>(() -> {});

    @Test
    void aSnapshotThatNobodyAnnouncedIsFetchedAgainIfItCouldNotBeApplied() {
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF));
        provider.answer(5, "five");
        applier.failNext(new IllegalStateException("not now"));

        assertThat(sync.refresh()).failsWithin(Duration.ofSeconds(10));
        settle();
        assertThat(sync.status().state()).isEqualTo(SyncState.STALE);

        advance(Duration.ofSeconds(1));
        assertThat(sync.localRevision()).isEqualTo(rev(5));
        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
    }

    @Test
    void anOfferThatOvertookAFetchAndCouldNotBeAppliedLeavesTheDemand() {
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF));
        provider.hold();
        provider.answer(5, "five");
        hand.last().restoreConnection();
        provider.awaitCalls(2);
        applier.failNext(new IllegalStateException("not now"));
        sync.offer(new SnapshotEnvelope<>(rev(5), "offered"));

        provider.release();
        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(1));
        assertThat(sync.status().state()).isEqualTo(SyncState.STALE);

        advance(Duration.ofSeconds(1));
        assertThat(sync.localRevision()).isEqualTo(rev(5));
    }

    @Test
    void anErrorThatCannotSayWhenToComeAgainHarmsNothing() {
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF));
        provider.failNext(new Speechless());
        change(5);
        settle();

        advance(Duration.ofSeconds(1));
        assertThat(sync.localRevision()).isEqualTo(rev(5));
    }

    @Test
    void aBackoffWhoseJitterFailsHarmsNothing() {
        Backoff broken = BACKOFF.withJitter(() -> {
            throw new IllegalStateException("no random numbers");
        });
        RevisionSync<String> sync = start(builder().catchUp(broken));
        provider.failNext(new IllegalStateException("away"));
        change(5);
        settle();

        advance(Duration.ofSeconds(1));
        assertThat(sync.localRevision()).isEqualTo(rev(5));
    }

    @Test
    void aStopThatIsSlowToUnsubscribeLeavesTheTimerOfTheNextLifeAlone() {
        RevisionSync<String> sync = start(builderOn(this::subscribe).catchUp(BACKOFF));
        onClose.set(() -> {
            sync.startAsync();
            settle();
            provider.failNext(new IllegalStateException("away"));
            change(5);
            settle();
        });

        sync.stopAsync();
        onClose.set(() -> {});
        assertThat(sync.status().nextAttempt()).isEqualTo(Duration.ofSeconds(1));

        advance(Duration.ofSeconds(1));
        assertThat(sync.localRevision()).isEqualTo(rev(5));
    }

    @Test
    void aResetOutlivesARoundThatBeganBeforeIt() {
        provider.answer(100, "hundred");
        RevisionSync<String> sync = started();
        provider.hold();
        change(101);
        provider.awaitCalls(2);

        provider.answer(3, "restored from a backup");
        var reset = sync.reset();
        provider.release();
        assertThat(reset).succeedsWithin(Duration.ofSeconds(10));
        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(3));
    }

    @Test
    void aStartThatWasRefusedBecauseOfAHangingApplierHasFailedAndIsNotStopped() {
        RevisionSync<String> sync = start(builder().stopTimeout(Duration.ofSeconds(10)));
        Runnable hanging = applier.holdStubbornly();
        change(5);
        applier.awaitBegun(2);
        var stop = sync.stopAsync();
        scheduler.advance(Duration.ofSeconds(10));
        assertThat(stop).succeedsWithin(Duration.ofSeconds(10));

        assertThat(sync.startAsync()).failsWithin(Duration.ofSeconds(10));
        assertThat(sync.status().state()).isEqualTo(SyncState.FAILED);

        hanging.run();
        settle();
        applier.letLaterCallsPass();
        sync.start();
        assertThat(sync.localRevision()).isEqualTo(rev(5));
        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
    }

    private Subscription subscribe(String subscribed, InvalidationHandler handler) {
        Subscription target = hand.subscribe(subscribed, handler);
        return new Subscription() {
            @Override
            public CompletionStage<Void> active() {
                return target.active();
            }

            @Override
            public void close() {
                target.close();
                onClose.get().run();
            }
        };
    }

    private static final class Speechless extends IllegalStateException implements RetryAfter {

        private static final long serialVersionUID = 1;

        @Override
        public Duration retryAfter() {
            throw new UnsupportedOperationException("no date in the header");
        }
    }
}
