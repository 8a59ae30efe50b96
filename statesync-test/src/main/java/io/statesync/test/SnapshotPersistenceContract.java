package io.statesync.test;

import static io.statesync.test.PersistenceTestBed.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.SnapshotApplier;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.persistence.SnapshotPersistence;
import io.statesync.policy.Throttling;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is applied is saved, over any storage (PA-01 to PA-13); with what is restored from it. */
@Timeout(60)
public abstract class SnapshotPersistenceContract extends SnapshotRestoreContract {

    @Test
    @DisplayName("PA-01: the inner applier gets what is applied")
    void theInnerApplierGetsWhatIsApplied() {
        PersistenceTestBed bed = bed();

        bed.apply(bed.describe().build(), 7, "seven");

        assertThat(bed.inner.applied()).containsExactly(PersistenceTestBed.envelope(7, "seven"));
    }

    @Test
    @DisplayName("PA-02: without throttling what is applied is saved once")
    void withoutThrottlingWhatIsAppliedIsSavedOnce() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe().build();

        bed.apply(persistence, 7, "seven");
        bed.settle();

        assertThat(bed.storage.attempts()).hasSize(1);
        assertThat(bed.load(persistence)).contains(PersistenceTestBed.envelope(7, "seven"));
    }

    @Test
    @DisplayName("PA-03: a debounce saves the last of three, once, after the silence")
    void aDebounceSavesTheLastOfThree() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe()
                .throttling(Throttling.debounce(Duration.ofMillis(100)))
                .build();

        bed.apply(persistence, 1, "one");
        bed.apply(persistence, 2, "two");
        bed.apply(persistence, 3, "three");
        bed.pass(Duration.ofMillis(99));
        assertThat(bed.storage.attempts()).isEmpty();
        bed.pass(Duration.ofMillis(1));

        assertThat(bed.storage.attempts()).hasSize(1);
        assertThat(bed.load(persistence)).contains(PersistenceTestBed.envelope(3, "three"));
    }

    @Test
    @DisplayName("PA-04: a save that fails is reported once, with the phase save")
    void aSaveThatFailsIsReportedOnce() {
        PersistenceTestBed bed = bed();
        bed.storage.failSaves(fault);

        bed.apply(bed.describe().build(), 7, "seven");
        bed.settle();

        assertThat(bed.heard.errors()).hasSize(1);
        SyncErrorContext error = bed.heard.errors().get(0);
        assertThat(error.phase()).isEqualTo(SyncPhase.SAVE);
        assertThat(error.topic()).isEqualTo(TOPIC);
        assertThat(error.error()).isSameAs(fault);
        assertThat(error.snapshotRevision()).isEqualTo(new Revision(7));
        assertThat(error.attempt()).isEqualTo(1);
        assertThat(error.willRetry()).isTrue();
        assertThat(error.nextDelay()).isNotNull();
    }

    @Test
    @DisplayName("PA-05: a save that fails, and nobody listens: applied all the same")
    void aSaveThatFailsAndNobodyListens() throws Exception {
        PersistenceTestBed bed = bed();
        bed.storage.failSaves(fault);
        SnapshotPersistence<String> deaf = SnapshotPersistence.forTopic(TOPIC)
                .storage(bed.storage)
                .codec(TextCodec.at(1))
                .executor(bed.threads)
                .scheduler(bed.time)
                .build();

        bed.apply(deaf, 7, "seven");
        bed.settle();

        assertThat(bed.inner.revisions()).containsExactly(new Revision(7));
    }

    @Test
    @DisplayName("PA-06: a synchronous inner applier is called once, before the save, on the same thread")
    void aSynchronousInnerApplierIsCalledOnce() {
        PersistenceTestBed bed = bed();

        bed.apply(bed.describe().build(), 7, "seven");

        assertThat(bed.inner.received()).hasSize(1);
        assertThat(bed.storage.attempts())
                .as("nothing is saved on the apply path")
                .isEmpty();
        assertThat(bed.threads.pendingTasks()).isEqualTo(1);
    }

    @Test
    @DisplayName("PA-07: closing saves what a debounce holds back")
    void closingSavesWhatADebounceHoldsBack() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe()
                .throttling(Throttling.debounce(Duration.ofMillis(1000)))
                .build();
        bed.apply(persistence, 7, "seven");

        bed.close(persistence);

        assertThat(persistence.pending()).isFalse();
        assertThat(bed.load(bed.describe().build())).contains(PersistenceTestBed.envelope(7, "seven"));
    }

    @Test
    @DisplayName("PA-08: after the closing nothing is applied nor saved")
    void afterTheClosingNothingIsAppliedNorSaved() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe().build();
        SnapshotApplier<String> applier = persistence.around(bed.inner);
        bed.close(persistence);

        assertThatThrownBy(() -> applier.apply(PersistenceTestBed.envelope(7, "seven")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(TOPIC);
        bed.settle();

        assertThat(bed.inner.received()).isEmpty();
        assertThat(bed.storage.attempts()).isEmpty();
    }

    @Test
    @DisplayName("PA-09: closing three times does no harm")
    void closingThreeTimesDoesNoHarm() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe().build();

        bed.close(persistence);
        bed.close(persistence);
        bed.close(persistence);

        assertThat(bed.heard.errors()).isEmpty();
    }

    @Test
    @DisplayName("PA-10: pending is false, true while a debounce waits, and false again")
    void pendingWhileADebounceWaits() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe()
                .throttling(Throttling.debounce(Duration.ofMillis(100)))
                .build();

        assertThat(persistence.pending()).isFalse();
        bed.apply(persistence, 7, "seven");
        assertThat(persistence.pending()).isTrue();
        bed.pass(Duration.ofMillis(100));

        assertThat(persistence.pending()).isFalse();
    }

    @Test
    @DisplayName("PA-11: a flush saves now what a debounce would hold for a second")
    void aFlushSavesNow() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe()
                .throttling(Throttling.debounce(Duration.ofMillis(1000)))
                .build();
        bed.apply(persistence, 7, "seven");

        bed.done(persistence.flush());

        assertThat(persistence.pending()).isFalse();
        assertThat(bed.heard.count("saved 7")).isEqualTo(1);
    }

    @Test
    @DisplayName("PA-12: a flush of nothing saves nothing")
    void aFlushOfNothingSavesNothing() {
        PersistenceTestBed bed = bed();

        bed.done(bed.describe().build().flush());

        assertThat(bed.storage.attempts()).isEmpty();
    }

    @Test
    @DisplayName("PA-13: a flush after the closing saves nothing more")
    void aFlushAfterTheClosingSavesNothingMore() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe()
                .throttling(Throttling.debounce(Duration.ofMillis(1000)))
                .build();
        bed.apply(persistence, 7, "seven");
        bed.close(persistence);
        assertThat(bed.storage.attempts()).hasSize(1);

        bed.done(persistence.flush());

        assertThat(bed.storage.attempts()).hasSize(1);
    }
}
