package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.statesync.Revision;
import io.statesync.RevisionProbe;
import io.statesync.RevisionSync;
import io.statesync.RevisionSyncBuilder;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.StaleStateException;
import io.statesync.state.SyncedState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** How long a container is read without its source (DESIGN 7). */
class MaxStalenessTest extends HandDrivenTestBed {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int READS = 100_000;

    private final SyncedState<String> state = SyncedState.create();

    @Test
    void readsGoOnForTheLimitAndThenThrowUntilTheSourceConfirms() {
        RevisionSync<String> sync = startedFeeding(state);
        scheduler.advance(LIMIT);
        assertThat(state.get()).isEqualTo("one");

        scheduler.advance(Duration.ofNanos(1));
        assertThatThrownBy(state::get).isInstanceOfSatisfying(StaleStateException.class, stale -> {
            assertThat(stale.topic()).isEqualTo(topic);
            assertThat(stale.age()).isEqualTo(LIMIT.plusNanos(1));
            assertThat(stale.limit()).isEqualTo(LIMIT);
            assertThat(stale).hasMessageContainingAll(topic, "PT5M0.000000001S ago", "at most PT5M");
        });
        assertThat(state.snapshot().value()).isEqualTo("one");
        assertThat(state.snapshot().age()).isEqualTo(LIMIT.plusNanos(1));

        sync.probed(rev(1));
        assertThat(state.get()).isEqualTo("one");
    }

    @Test
    void withoutALimitReadsGoOnForEver() {
        start(RevisionSync.forTopic(topic)
                .subscriber(hand)
                .provider(provider)
                .applier(state)
                .executor(executor)
                .scheduler(scheduler));

        scheduler.advance(Duration.ofDays(10_000));

        assertThat(state.get()).isEqualTo("one");
    }

    @Test
    void afterAStopTheAgeGrowsOnAndASecondStartRefreshesIt() {
        RevisionSync<String> sync = startedFeeding(state);
        sync.stop();
        assertThat(state.get()).isEqualTo("one");
        scheduler.advance(LIMIT.plusNanos(1));
        assertThatThrownBy(state::get).isInstanceOf(StaleStateException.class);

        sync.start();

        assertThat(state.get()).isEqualTo("one");
    }

    @Test
    void aSourceThatFailsOrIsBehindConfirmsNothing() {
        RevisionSync<String> sync = startedFeeding(state);
        provider.fail(new IOException("away"));
        scheduler.advance(LIMIT.plusNanos(1));
        sync.probed(rev(2));
        settle();

        assertThatThrownBy(state::get).isInstanceOf(StaleStateException.class);
    }

    @Test
    void aValueThatWasNeverConfirmedIsReadForTheLimitOnceAndNotLonger() {
        SyncedState<String> initial = SyncedState.withInitial("initial");
        RevisionSync<String> sync = feeding(initial);
        scheduler.advance(LIMIT);
        assertThat(initial.get()).isEqualTo("initial");

        sync.offer(new SnapshotEnvelope<>(rev(1), "kept")).join();
        assertThat(initial.get()).isEqualTo("kept");
        scheduler.advance(Duration.ofNanos(1));

        assertThatThrownBy(initial::get)
                .isInstanceOfSatisfying(
                        StaleStateException.class,
                        stale -> assertThat(stale.age()).isNull())
                .hasMessageContaining("never found current");
        assertThat(initial.snapshot().value()).isEqualTo("kept");
    }

    @Test
    void whatHearsOfAFreshValueMayReadItAtOnce() {
        List<String> read = new CopyOnWriteArrayList<>();
        state.onChange(change -> read.add(state.get()), Runnable::run);
        startedFeeding(state);
        scheduler.advance(LIMIT.plusNanos(1));
        assertThatThrownBy(state::get).isInstanceOf(StaleStateException.class);

        change(2);
        settle();

        assertThat(read).containsExactly("one", "state 2");
    }

    @Test
    void whatIsHeldFromBeforeIsNotReadWhileAnApplierWorksOnTheNextSnapshot() {
        RecordingApplier<String> slow = new RecordingApplier<>();
        start(builderFeeding(state, slow));
        scheduler.advance(LIMIT.plusNanos(1));
        List<Throwable> refused = new CopyOnWriteArrayList<>();
        slow.hook(snapshot -> refused.add(catchThrowable(state::get)));

        change(2);
        settle();

        assertThat(refused).hasSize(1).first().isInstanceOf(StaleStateException.class);
        assertThat(state.get()).isEqualTo("state 2");
    }

    @Test
    void aFreshValueIsReadByOthersBeforeItsRoundHasEnded() {
        List<String> read = new CopyOnWriteArrayList<>();
        SnapshotApplier<String> next =
                snapshot -> read.add(CompletableFuture.supplyAsync(state::get).join());
        start(builderFeeding(state, snapshot -> {}, next));
        scheduler.advance(LIMIT.plusNanos(1));

        change(2);
        settle();

        assertThat(read).containsExactly("one", "state 2");
    }

    @Test
    void aSnapshotThatCannotBeAppliedConfirmsNothing() {
        start(builderFeeding(state, applier));
        scheduler.advance(LIMIT.plusNanos(1));
        applier.failNext(new IllegalStateException("full"));

        change(2);
        settle();

        assertThatThrownBy(state::get).isInstanceOf(StaleStateException.class);
    }

    @Test
    void aProbeKeepsAStateThatDoesNotChangeReadable() {
        Map<String, Revision> source = new ConcurrentHashMap<>(Map.of(topic, rev(1)));
        try (RevisionProbe probe =
                new RevisionProbe(topics -> source, Duration.ofSeconds(30), scheduler, executor, error -> {})) {
            start(builderFeeding(state).probe(probe));
            for (int i = 0; i < 60; i++) {
                advance(Duration.ofSeconds(10));
                assertThat(state.get()).isEqualTo("one");
            }
        }
    }

    @Test
    void aReadAllocatesNothing() {
        startedFeeding(state);
        for (int round = 0; round < 10; round++) {
            read();
        }

        long before = AllocatedBytes.ofThisThread();
        read();
        long allocated = AllocatedBytes.ofThisThread() - before;

        // as EX-24: the measurement itself allocates a little, whatever the number of reads
        assertThat(allocated).isLessThan(READS * 16L / 2);
    }

    @Test
    void aLimitOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxStaleness(Duration.ZERO))
                .withMessageContaining(topic)
                .withMessageContaining("maxStaleness");
    }

    private void read() {
        for (int i = 0; i < READS; i++) {
            if (!state.get().equals("one")) {
                throw new AssertionError(state.get());
            }
        }
    }

    private RevisionSync<String> startedFeeding(SyncedState<String> container) {
        return start(builderFeeding(container));
    }

    private RevisionSync<String> feeding(SyncedState<String> container) {
        return build(builderFeeding(container));
    }

    private RevisionSyncBuilder<String> builderFeeding(SyncedState<String> container) {
        return builderFeeding(container, snapshot -> {});
    }

    private RevisionSyncBuilder<String> builderFeeding(SyncedState<String> container, SnapshotApplier<String> before) {
        return builderFeeding(container, before, snapshot -> {});
    }

    private RevisionSyncBuilder<String> builderFeeding(
            SyncedState<String> container, SnapshotApplier<String> before, SnapshotApplier<String> after) {
        return RevisionSync.forTopic(topic)
                .subscriber(hand)
                .provider(provider)
                .applier(before.andThen(container).andThen(after))
                .executor(executor)
                .scheduler(scheduler)
                .maxStaleness(LIMIT);
    }
}
