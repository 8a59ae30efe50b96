package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.statesync.Revision;
import io.statesync.RevisionProbe;
import io.statesync.RevisionReader;
import io.statesync.RevisionSync;
import io.statesync.RevisionSyncBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RevisionProbeTest extends HandDrivenTestBed {

    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofSeconds(36);

    private final Map<String, Revision> source = new ConcurrentHashMap<>();
    private final List<Set<String>> questions = new CopyOnWriteArrayList<>();
    private final List<Optional<Throwable>> outcomes = new CopyOnWriteArrayList<>();
    private volatile RevisionReader reader = topics -> source;
    private final RevisionProbe probe = new RevisionProbe(this::ask, INTERVAL, scheduler, executor, this::ended);

    private Map<String, Revision> ask(Collection<String> topics) throws Exception {
        questions.add(new HashSet<>(topics));
        return reader.current(topics);
    }

    private void ended(@Nullable Throwable error) {
        outcomes.add(Optional.ofNullable(error));
    }

    @AfterEach
    void closeProbe() {
        probe.close();
    }

    @Test
    void allSubscribedTopicsAreAskedForInOneQuestion() {
        source.put(topic, rev(1));
        start(builder().probe(probe));
        RevisionSync<String> other = start(otherTopic());

        advance(LONGEST);

        assertThat(questions).containsExactly(Set.of(topic, topic + "-b"));
        assertThat(outcomes).containsExactly(Optional.empty());
        other.stop();
        advance(LONGEST);
        assertThat(questions).hasSize(2).last().isEqualTo(Set.of(topic));
    }

    @Test
    void theIntervalVariesByAFifth() {
        start(builder().probe(probe));

        advance(Duration.ofMillis(23_999));
        assertThat(questions).isEmpty();
        advance(Duration.ofMillis(12_001));

        assertThat(questions).hasSize(1);
        assertThat(probe.interval()).isEqualTo(INTERVAL);
        assertThat(scheduler.untilNext()).isBetween(Duration.ofSeconds(12), LONGEST);
    }

    @Test
    void aSubscribedSyncSaysWhenItsSourceIsAskedNext() {
        RevisionSync<String> sync = build(builder().probe(probe));
        assertThat(probe.untilNext()).isNull();
        assertThat(sync.status().nextProbe()).isNull();

        sync.start();
        assertThat(sync.status().nextProbe())
                .isEqualTo(scheduler.untilNext())
                .isBetween(Duration.ofSeconds(24), LONGEST);
        advance(LONGEST);
        assertThat(sync.status().nextProbe()).isEqualTo(probe.untilNext()).isBetween(Duration.ofSeconds(12), LONGEST);

        sync.stop();
        assertThat(sync.status().nextProbe()).isNull();
        assertThat(probe.untilNext()).isNull();
    }

    @Test
    void aThreadThatCannotBeHadOnceEndsOneQuestionAndNotTheProbe() {
        AtomicBoolean exhausted = new AtomicBoolean(true);
        Executor threads = task -> {
            if (exhausted.getAndSet(false)) {
                throw new InternalError("no thread to be had");
            }
            executor.execute(task);
        };
        source.put(topic, rev(1));
        RevisionProbe starved = new RevisionProbe(this::ask, INTERVAL, scheduler, threads, this::ended);
        start(builder().probe(starved));

        advance(LONGEST);
        assertThat(questions).isEmpty();
        assertThat(outcomes).hasSize(1);
        advance(LONGEST);

        assertThat(questions).isNotEmpty();
        starved.close();
    }

    @Test
    void nothingIsAskedAndNoTimerWaitsWhileNoTopicIsSubscribed() {
        RevisionSync<String> sync = build(builder().probe(probe));
        sync.refresh().join();
        settle();
        assertThat(scheduler.pendingTimers()).isZero();
        probe.probeNow();

        sync.start();
        sync.stop();
        advance(LONGEST);
        advance(LONGEST);

        assertThat(questions).isEmpty();
        assertThat(scheduler.pendingTimers()).isZero();
        sync.start();
        advance(LONGEST);
        assertThat(questions).hasSize(1);
    }

    @Test
    void aStartThatFailsIsNotAskedFor() {
        provider.fail(new IOException("away"));
        RevisionSync<String> sync = build(builder().probe(probe));
        assertThat(sync.startAsync()).failsWithin(Patience.LIMIT);
        settle();

        advance(LONGEST);

        assertThat(questions).isEmpty();
    }

    @Test
    void aQuestionCanBeAskedAtOnce() {
        source.put(topic, rev(2));
        RevisionSync<String> sync = start(builder().probe(probe));
        provider.answer(2, "two");

        probe.probeNow();

        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(2));
    }

    @Test
    void oneQuestionIsOnItsWayAtATimeAndOneThatHangsIsInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        reader = topics -> {
            reader = others -> source;
            never.await();
            return source;
        };
        start(builder().probe(probe));
        probe.probeNow();
        until(() -> questions.size() == 1);
        probe.probeNow();

        scheduler.advance(LONGEST);

        settle();
        assertThat(questions).hasSizeBetween(1, 2);
        assertThat(outcomes.get(0)).containsInstanceOf(InterruptedException.class);
    }

    @Test
    void aFailedQuestionIsToldAndTheRhythmGoesOn() {
        IOException away = new IOException("away");
        reader = topics -> {
            throw away;
        };
        start(builder().probe(probe));
        advance(LONGEST);
        assertThat(outcomes).containsExactly(Optional.of(away));

        reader = topics -> source;
        advance(LONGEST);

        assertThat(outcomes).hasSize(2).last().isEqualTo(Optional.empty());
    }

    @Test
    void aRefusingExecutorIsToldAndTheRhythmGoesOn() {
        start(builder().probe(probe));
        executor.refuse(true);
        scheduler.advance(LONGEST);
        assertThat(outcomes)
                .hasSize(1)
                .first()
                .satisfies(error -> assertThat(error).isPresent());
        executor.refuse(false);

        advance(LONGEST);

        assertThat(outcomes).hasSize(2).last().isEqualTo(Optional.empty());
    }

    @Test
    void aRefusedTimerEndsTheRhythmUntilTheNextSubscription() {
        RevisionSync<String> sync = build(builder().probe(probe));
        scheduler.refuse(true);
        sync.start();
        settle();
        scheduler.refuse(false);
        sync.stop();

        sync.start();
        advance(LONGEST);

        assertThat(questions).hasSize(1);
    }

    @Test
    void aThrowingObserverHarmsNothing() {
        try (RevisionProbe observed = new RevisionProbe(this::ask, INTERVAL, scheduler, executor, error -> {
            throw new IllegalStateException("broken");
        })) {
            start(builder().probe(observed));
            advance(LONGEST);
            advance(LONGEST);

            assertThat(questions).hasSize(2);
        }
    }

    @Test
    void aClosedProbeAsksNoMore() {
        start(builder().probe(probe));

        probe.close();
        probe.close();
        probe.probeNow();
        advance(LONGEST);
        start(otherTopic());
        advance(LONGEST);

        assertThat(questions).isEmpty();
        assertThat(scheduler.pendingTimers()).isZero();
    }

    @Test
    void anIntervalThatIsNotPositiveIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RevisionProbe(reader, Duration.ZERO, scheduler, executor, error -> {}))
                .withMessageContaining("probe interval");
        try (RevisionProbe standard = new RevisionProbe(reader)) {
            assertThat(standard.interval()).isEqualTo(RevisionProbe.DEFAULT_INTERVAL);
        }
    }

    private RevisionSyncBuilder<String> otherTopic() {
        return RevisionSync.forTopic(topic + "-b")
                .subscriber(HandSubscriber.confirming())
                .provider(GatedProvider.at(1, "one"))
                .applier(new RecordingApplier<>())
                .executor(executor)
                .scheduler(scheduler)
                .probe(probe);
    }
}
