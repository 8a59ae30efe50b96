package io.statesync.test;

import static io.statesync.test.PersistenceTestBed.START;
import static io.statesync.test.PersistenceTestBed.TOPIC;
import static io.statesync.test.PersistenceTestBed.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.Revision;
import io.statesync.RevisionReader;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotProvider;
import io.statesync.persistence.FetchLocks;
import io.statesync.persistence.InMemorySnapshotStorage;
import io.statesync.persistence.SnapshotPersistence;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who fetches, who takes a sibling's record, and how long a lock is held. */
@Timeout(60)
class SharedFetchTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final PersistenceTestBed bed = new PersistenceTestBed(new InMemorySnapshotStorage());
    private final GatedProvider<String> source = GatedProvider.at(60, "sixty");
    private final OneLock locks = new OneLock();
    private final SnapshotPersistence<String> persistence = bed.describe().build();
    private final SnapshotApplier<String> applier = persistence.around(bed.inner);
    private RevisionReader current = topics -> Map.of(TOPIC, new Revision(60));

    private SnapshotProvider<String> shared() {
        return persistence.shared(source.unconditional(), locks, topics -> current.current(topics), LIMIT);
    }

    private void siblingSaved(long revision) {
        bed.plant(Long.toString(revision), 1, RawRecord.of(TOPIC, Long.toString(revision), 1, START, "of a sibling"));
    }

    @Test
    void whoFetchesHoldsTheLockUntilItsRecordIsSaved() throws Exception {
        assertThat(shared().getSnapshot()).isEqualTo(envelope(60, "sixty"));
        assertThat(locks.held).hasValue(1);

        bed.apply(applier, 60, "sixty");
        assertThat(locks.held).hasValue(1);
        bed.settle();

        assertThat(bed.heard.count("saved 60")).isEqualTo(1);
        assertThat(locks.held).hasValue(0);
    }

    @Test
    void aRecordThatIsExactlyCurrentIsTakenWithoutAFetch() throws Exception {
        siblingSaved(60);

        assertThat(shared().getSnapshot()).isEqualTo(envelope(60, "of a sibling"));

        assertThat(source.calls()).isZero();
        assertThat(locks.held).hasValue(0);
        bed.apply(applier, 60, "of a sibling");
        bed.settle();
        assertThat(bed.heard.count("saveStarted 60")).as("the storage has it").isZero();
    }

    @Test
    void aRecordThatIsNotCurrentIsNotTaken() throws Exception {
        siblingSaved(59);
        assertThat(shared().getSnapshot()).isEqualTo(envelope(60, "sixty"));
        // until it is applied, its lock makes others wait
        bed.apply(applier, 60, "sixty");
        bed.settle();

        current = topics -> {
            throw new IOException("no answer");
        };
        siblingSaved(61);
        assertThat(shared().getSnapshot())
                .as("nor one of which nothing is known")
                .isEqualTo(envelope(60, "sixty"));
        assertThat(source.calls()).isEqualTo(2);
    }

    @Test
    void aRecordThatTheApplierRefusedIsNotTakenAgain() throws Exception {
        siblingSaved(60);
        bed.inner.failNext(new IllegalStateException("a field is missing"));
        assertThatThrownBy(() -> applier.apply(shared().getSnapshot())).hasMessage("a field is missing");

        assertThat(shared().getSnapshot()).isEqualTo(envelope(60, "sixty"));
    }

    @Test
    void whoWantsWhatIsAppliedAnewGetsItFromTheSource() throws Exception {
        SnapshotProvider<String> conditional =
                persistence.shared(source, locks, topics -> current.current(topics), LIMIT);
        bed.apply(applier, 60, "damaged in memory");
        bed.settle();

        assertThat(conditional.getSnapshot()).as("a reset").isEqualTo(envelope(60, "sixty"));
    }

    @Test
    void aFetchOrAnApplyThatFailsGivesTheLockBack() throws Exception {
        source.failNext(new IOException("the source is down"));
        assertThatThrownBy(() -> shared().getSnapshot()).hasMessage("the source is down");
        assertThat(locks.held).hasValue(0);

        shared().getSnapshot();
        bed.inner.failNext(new IllegalStateException("the applier's fault"));
        assertThatThrownBy(() -> applier.apply(envelope(60, "sixty"))).hasMessage("the applier's fault");
        bed.settle();
        assertThat(locks.held).hasValue(0);
    }

    @Test
    void aSaveThatFailsGivesTheLockBack() throws Exception {
        bed.storage.failSaves(new IOException("full"));
        shared().getSnapshot();

        bed.apply(applier, 60, "sixty");
        bed.settle();

        assertThat(locks.held).hasValue(0);
    }

    @Test
    void aSnapshotThatIsNeverAppliedHoldsTheLockNoLongerThanTheLimit() throws Exception {
        shared().getSnapshot();

        bed.pass(LIMIT.minusMillis(1));
        assertThat(locks.held).hasValue(1);
        bed.pass(Duration.ofMillis(1));

        assertThat(locks.held).hasValue(0);
    }

    @Test
    void whoHasWaitedForTheLimitFetches() throws Exception {
        FetchLocks.FetchLock ofSibling = locks.tryLock(TOPIC).orElseThrow();
        AtomicInteger fetched = new AtomicInteger();
        Caller waiting = Caller.of(() -> {
            try {
                fetched.set((int) shared().getSnapshot().revision().bits());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        Patience.until("the limit", () -> {
            bed.time.advance(Duration.ofMillis(10));
            return fetched.get() == 60;
        });
        waiting.awaitEnd();

        assertThat(bed.time.now()).isGreaterThanOrEqualTo(LIMIT.toNanos());
        ofSibling.close();
    }

    @Test
    void withoutLocksEverybodyFetches() throws Exception {
        locks.broken = true;

        assertThat(shared().getSnapshot()).isEqualTo(envelope(60, "sixty"));
    }

    @Test
    void aConditionalProviderStaysOne() throws Exception {
        SnapshotProvider<String> shared = persistence.shared(source, locks, topics -> current.current(topics), LIMIT);
        assertThat(shared).isInstanceOf(ConditionalSnapshotProvider.class);
        ConditionalSnapshotProvider<String> conditional = (ConditionalSnapshotProvider<String>) shared;

        assertThat(conditional.getSnapshotUnless(new Revision(60))).isEmpty();
        assertThat(locks.held).hasValue(0);
        assertThat(source.conditions()).containsExactly(Optional.of(new Revision(60)));
        assertThat(conditional.getSnapshot()).isEqualTo(envelope(60, "sixty"));
        siblingSaved(61);
        current = topics -> Map.of(TOPIC, new Revision(61));
        bed.apply(applier, 60, "sixty");
        bed.settle();

        assertThat(conditional.getSnapshotUnless(new Revision(60))).isPresent();
    }

    private static final class OneLock implements FetchLocks {

        private final AtomicInteger held = new AtomicInteger();
        private volatile boolean broken;

        @Override
        public Optional<FetchLock> tryLock(String topic) throws IOException {
            if (broken) {
                throw new IOException("no locks here");
            }
            return held.compareAndSet(0, 1) ? Optional.of(() -> held.compareAndSet(1, 0)) : Optional.empty();
        }
    }
}
