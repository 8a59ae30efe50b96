package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.RefreshReport;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.SyncPhase;
import io.statesync.SyncState;
import io.statesync.policy.Backoff;
import io.statesync.policy.Throttling;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What executors, schedulers, subscribers and listeners may do to the engine (E7, E15, E16). */
class EngineForeignCodeTest extends HandDrivenTestBed {

    private static final Backoff BACKOFF =
            Backoff.of(Duration.ofSeconds(1), Duration.ofSeconds(30)).withJitter(() -> 1);

    @Test
    void theTimerThreadRunsNoForeignCode() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF).listener(new SyncListener() {
            @Override
            public void onRefreshEnded(RefreshReport report) {
                threads.add(Thread.currentThread());
            }

            @Override
            public void onError(SyncErrorContext context) {
                threads.add(Thread.currentThread());
            }
        }));
        CompletableFuture<Void> ended = sync.await(rev(99), Duration.ofMinutes(3))
                .handle((revision, error) -> {
                    threads.add(Thread.currentThread());
                    return null;
                });
        settle();
        provider.holdStubbornly();
        scheduler.advance(Duration.ofSeconds(1));
        provider.awaitCalls(3);
        scheduler.advance(Duration.ofSeconds(30));
        executor.awaitUnfinished(1);
        scheduler.advance(Duration.ofSeconds(2));
        provider.awaitCalls(4);
        scheduler.advance(Duration.ofSeconds(30));
        executor.awaitUnfinished(2);
        scheduler.advance(Duration.ofMinutes(3));
        ended.join();
        provider.release();
        settle();

        assertThat(provider.mostAtOnce()).isEqualTo(2);
        assertThat(listener.errors(SyncPhase.GET_SNAPSHOT)).hasSizeGreaterThan(2);
        assertThat(threads).doesNotContain(Thread.currentThread());
    }

    @Test
    void aListenerThatThrowsACheckedExceptionHarmsNothing() {
        RevisionSync<String> sync = build(builder().listener(new SyncListener() {
            @Override
            public void onRefreshEnded(RefreshReport report) {
                EngineForeignCodeTest.<RuntimeException>sneak(new IOException("as Kotlin throws it"));
            }
        }));
        assertThat(sync.startAsync()).succeedsWithin(Duration.ofSeconds(5));
        settle();

        change(2);
        settle();
        change(3);
        settle();

        assertThat(sync.localRevision()).isEqualTo(rev(3));
    }

    @Test
    void aSubscriberThatThrowsACheckedExceptionFailsTheStart() {
        IOException refused = new IOException("as Kotlin throws it");
        RevisionSync<String> sync = build(builderOn((subscribed, handler) -> {
            EngineForeignCodeTest.<RuntimeException>sneak(refused);
            throw new AssertionError("not reached");
        }));

        assertThat(sync.startAsync())
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .havingCause()
                .isSameAs(refused);
    }

    @Test
    void aRefusedTimerIsReportedWithEverythingThatIsKnown() {
        RevisionSync<String> sync = start(builder().throttling(Throttling.debounce(Duration.ofMillis(50))));
        scheduler.refuse(true);

        change(2);

        assertThat(listener.errors(SyncPhase.THROTTLE))
                .singleElement()
                .satisfies(error -> assertThat(error.localRevision()).isEqualTo(sync.localRevision()));
    }

    @Test
    void anExecutorThatRunsOnTheCallersThreadWillDo() {
        RevisionSync<String> sync = build(builder().executor(Runnable::run));

        sync.start();
        change(2);
        assertThat(sync.refresh()).isCompletedWithValue(rev(2));
        sync.stop();

        assertThat(applier.revisions()).containsExactly(rev(1), rev(2));
        assertThat(listener.errors()).isEmpty();
    }

    @Test
    void anAwaitWhoseTimeOutCannotBeScheduledFailsItsFuture() {
        RevisionSync<String> sync = started();
        scheduler.refuse(true);

        CompletableFuture<Revision> awaited = sync.await(rev(7), Duration.ofSeconds(1));

        assertThat(awaited).failsWithin(Patience.LIMIT);
    }

    @Test
    void theClocksOriginIsArbitrary() {
        ManualScheduler late = new ManualScheduler(Long.MAX_VALUE - 40_000_000L);
        RevisionSync<String> sync = start(builder()
                .scheduler(late)
                .catchUp(BACKOFF)
                .throttling(Throttling.debounce(Duration.ofMillis(50)).withThrottle(Duration.ofMillis(200))));

        change(2);
        late.advance(Duration.ofMillis(1));
        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(2));
        provider.failNext(new IOException("away"));
        change(3);
        late.advance(Duration.ofMillis(200));
        settle();
        assertThat(provider.calls()).isEqualTo(3);
        late.advance(Duration.ofSeconds(1));
        settle();

        assertThat(sync.localRevision()).isEqualTo(rev(3));
        assertThat(sync.status().age()).isLessThan(Duration.ofMillis(100));
        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> void sneak(Throwable error) throws E {
        throw (E) error;
    }
}
