package io.statesync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.OnRegression;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.policy.Backoff;
import io.statesync.policy.RetryAfter;
import io.statesync.policy.Throttling;
import io.statesync.test.GatedProvider;
import io.statesync.test.HandSubscriber;
import io.statesync.test.ManualScheduler;
import io.statesync.test.RecordingApplier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReplicaStartTest {

    private final ManualScheduler scheduler = new ManualScheduler();
    private final HandSubscriber events = HandSubscriber.waiting();
    private final GatedProvider<String> source = GatedProvider.at(1, "one");
    private final RecordingApplier<String> applier = new RecordingApplier<>();
    private final Backoff catchUp = Backoff.of(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final RevisionSync<String> sync = RevisionSync.forTopic("prices")
            .subscriber(events)
            .provider(source)
            .applier(applier)
            .scheduler(scheduler)
            .executor(Runnable::run)
            .build();

    private final ReplicaStart start = new ReplicaStart(replica(), scheduler);

    private Replica replica() {
        return replica(sync);
    }

    private Replica replica(RevisionSync<?> engine) {
        TopicSettings settings = new TopicSettings(
                false,
                null,
                null,
                Startup.BACKGROUND,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                catchUp,
                Throttling.NONE,
                null,
                OnRegression.IGNORE,
                null,
                null);
        return new Replica("prices", new SourceLog(SourceSettings.local()), settings, engine);
    }

    @Test
    void aReplicaWhoseEventsCannotBeHeardStillFetches() {
        start.attempt();
        assertThat(source.calls()).isZero();

        scheduler.advance(ReplicaStart.PATIENCE);
        assertThat(applier.revisions()).containsExactly(new Revision(1));
        assertThat(sync.status().state()).isEqualTo(SyncState.STALE);
        source.answer(2, "two");
        scheduler.advance(catchUp.max());

        assertThat(applier.revisions()).containsExactly(new Revision(1), new Revision(2));
        assertThat(start.running()).isNotDone();
        events.last().activate();
        assertThat(start.running()).isCompleted();
        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
        int calls = source.calls();
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(source.calls()).isEqualTo(calls);
    }

    @Test
    void aStoppedStartFetchesNothingMore() {
        start.attempt();

        start.stop();
        scheduler.advance(Duration.ofMinutes(5));

        assertThat(source.calls()).isZero();
        assertThat(List.of(start.running())).allMatch(running -> running.isCompletedExceptionally());
    }

    @Test
    void aFailedStartSaysWhenItIsTriedAgain() {
        events.refuse(new IllegalStateException("nobody listens"));
        assertThat(start.untilNext()).isNull();

        start.attempt();
        assertThat(start.untilNext()).isNotNull().isLessThanOrEqualTo(Duration.ofSeconds(1));
        events.refuse(null);
        scheduler.advance(Duration.ofSeconds(1));

        assertThat(events.open()).isOne();
        assertThat(start.untilNext()).isNull();
    }

    @Test
    void aSourceThatNeverWantsToBeAskedAgainIsPlannedForAsFarAsTimeGoes() {
        events.refuse(new Never());

        start.attempt();

        assertThat(start.untilNext()).isNotNull().isGreaterThan(Duration.ofDays(365));
        assertThat(start.lastError()).isInstanceOf(Never.class);
    }

    @Test
    void aPausedStartIsNotWaitedForAndNotTriedAgain() {
        events.refuse(new IllegalStateException("nobody listens"));
        start.attempt();

        start.pause();

        assertThat(start.running()).isCompleted();
        assertThat(start.untilNext()).isNull();
        events.refuse(null);
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(events.open()).isZero();
        assertThat(sync.status().state()).isEqualTo(SyncState.STOPPED);
    }

    @Test
    void aStopThatMeetsAnAttemptOutlivesIt() {
        AtomicReference<ReplicaStart> attempted = new AtomicReference<>();
        RevisionSync<?> meeting = (RevisionSync<?>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RevisionSync.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("startAsync")) {
                        attempted.get().stop();
                    }
                    return method.invoke(sync, arguments);
                });
        attempted.set(new ReplicaStart(replica(meeting), scheduler));

        attempted.get().attempt();

        assertThat(events.open()).isZero();
        assertThat(sync.status().state()).isEqualTo(SyncState.STOPPED);
        assertThat(attempted.get().running()).isCancelled();
    }

    private static final class Never extends RuntimeException implements RetryAfter {
        private static final long serialVersionUID = 1L;

        @Override
        public Duration retryAfter() {
            return Duration.ofSeconds(Long.MAX_VALUE);
        }
    }
}
