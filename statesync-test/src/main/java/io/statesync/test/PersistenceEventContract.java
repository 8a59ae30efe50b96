package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.persistence.PersistenceListener;
import io.statesync.persistence.SnapshotPersistence;
import io.statesync.persistence.SnapshotStorage;
import io.statesync.policy.Throttling;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a persistence says and counts, over any storage (EV). */
@Timeout(60)
public abstract class PersistenceEventContract {

    private final List<String> called = new CopyOnWriteArrayList<>();

    /** A storage that is empty. */
    protected abstract SnapshotStorage storage() throws Exception;

    private PersistenceTestBed bed() {
        try {
            return new PersistenceTestBed(storage());
        } catch (Exception e) {
            throw new AssertionError("no storage", e);
        }
    }

    private PersistenceListener named(String name) {
        return new PersistenceListener() {
            @Override
            public void saved(String topic, Revision revision, long bytes, Duration duration) {
                called.add(name);
            }
        };
    }

    @Test
    @DisplayName("EV-01: a save that begins is told, with its snapshot's revision")
    void aSaveThatBeginsIsTold() {
        PersistenceTestBed bed = bed();

        bed.apply(bed.describe().build(), 7, "seven");
        bed.settle();

        assertThat(bed.heard.events()).startsWith("saveStarted 7");
    }

    @Test
    @DisplayName("EV-02: a save is told, with its snapshot's revision and a duration that is not negative")
    void aSaveIsTold() {
        PersistenceTestBed bed = bed();

        bed.apply(bed.describe().build(), 7, "seven");
        bed.settle();

        assertThat(bed.heard.saved()).hasSize(1);
        RecordingPersistenceListener.Saved saved = bed.heard.saved().get(0);
        assertThat(saved.topic()).isEqualTo(PersistenceTestBed.TOPIC);
        assertThat(saved.revision()).isEqualTo(new Revision(7));
        assertThat(saved.duration()).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    @Test
    @DisplayName("EV-03: a save that fails is told, with its error")
    void aSaveThatFailsIsTold() {
        PersistenceTestBed bed = bed();
        IOException fault = new IOException("the test's fault");
        bed.storage.failSaves(fault);

        bed.apply(bed.describe().build(), 7, "seven");
        bed.settle();

        assertThat(bed.heard.events()).containsExactly("saveStarted 7", "saveFailed 7");
        assertThat(bed.heard.errors().get(0).error()).isSameAs(fault);
    }

    @Test
    @DisplayName("EV-04: three listeners are all called")
    void threeListenersAreAllCalled() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe()
                .listener(named("first"))
                .listener(named("second"))
                .build();
        persistence.listen(named("third"));

        bed.apply(persistence, 7, "seven");
        bed.settle();

        assertThat(called).containsExactly("first", "second", "third");
    }

    @Test
    @DisplayName("EV-05: a listener that was removed is not called")
    void aListenerThatWasRemovedIsNotCalled() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe().build();
        SnapshotPersistence.Registration first = persistence.listen(named("first"));
        persistence.listen(named("second"));
        first.close();
        first.close();

        bed.apply(persistence, 7, "seven");
        bed.settle();

        assertThat(called).containsExactly("second");
    }

    @Test
    @DisplayName("EV-06: a listener that throws does not keep the next one from hearing")
    void aListenerThatThrows() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe().build();
        persistence.listen(new PersistenceListener() {
            @Override
            public void saved(String topic, Revision revision, long bytes, Duration duration) {
                throw new IllegalStateException("a broken listener");
            }
        });
        persistence.listen(named("second"));

        bed.apply(persistence, 7, "seven");
        bed.settle();

        assertThat(called).containsExactly("second");
        assertThat(bed.heard.errors()).isEmpty();
    }

    @Test
    @DisplayName("EV-07: two saves are counted")
    void twoSavesAreCounted() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe().build();

        assertThat(persistence.statistics().saves()).isZero();
        bed.apply(persistence, 1, "one");
        bed.settle();
        assertThat(persistence.statistics().saves()).isEqualTo(1);
        bed.apply(persistence, 2, "two");
        bed.settle();

        assertThat(persistence.statistics().saves()).isEqualTo(2);
        assertThat(persistence.statistics().savedRevision()).isEqualTo(new Revision(2));
    }

    @Test
    @DisplayName("EV-08: a save that fails counts as an error")
    void aSaveThatFailsCountsAsAnError() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe().build();
        bed.apply(persistence, 1, "one");
        bed.settle();
        bed.storage.failSaves(new IOException("the test's fault"));

        bed.apply(persistence, 2, "two");
        bed.settle();

        assertThat(persistence.statistics().saves()).isEqualTo(1);
        assertThat(persistence.statistics().saveErrors()).isEqualTo(1);
        assertThat(persistence.statistics().lastError()).isNotNull();
    }

    @Test
    @DisplayName("EV-09: the bytes of the records are counted")
    void theBytesAreCounted() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe().build();

        bed.apply(persistence, 1, "one");
        bed.settle();

        assertThat(persistence.statistics().bytesSaved()).isPositive();
        assertThat(persistence.statistics().lastBytes())
                .isEqualTo(bed.heard.saved().get(0).bytes())
                .isEqualTo(bed.stored().orElseThrow().size());
    }

    @Test
    @DisplayName("EV-10: the time of the last save is the clock's")
    void theTimeOfTheLastSave() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe().build();
        bed.date.set(Instant.ofEpochMilli(1000));

        assertThat(persistence.statistics().lastSaved()).isNull();
        bed.apply(persistence, 1, "one");
        bed.settle();

        assertThat(persistence.statistics().lastSaved()).isEqualTo(Instant.ofEpochMilli(1000));
    }

    @Test
    @DisplayName("EV-11: the duration of the last save is known after it")
    void theDurationOfTheLastSave() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe().build();

        assertThat(persistence.statistics().lastDuration()).isNull();
        bed.apply(persistence, 1, "one");
        bed.settle();

        assertThat(persistence.statistics().lastDuration()).isNotNull().isGreaterThanOrEqualTo(Duration.ZERO);
    }

    @Test
    @DisplayName("EV-12: what a throttle leaves out is counted")
    void whatAThrottleLeavesOutIsCounted() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe()
                .throttling(Throttling.throttle(Duration.ofMillis(100)))
                .build();

        bed.apply(persistence, 1, "one");
        bed.settle();
        assertThat(bed.heard.count("saved 1")).as("the leading edge").isEqualTo(1);
        bed.apply(persistence, 2, "two");
        bed.apply(persistence, 3, "three");
        bed.pass(Duration.ofMillis(100));

        assertThat(persistence.statistics().throttled()).isEqualTo(1);
        assertThat(bed.heard.count("saved 2")).isZero();
        assertThat(bed.heard.count("saved 3")).isEqualTo(1);
    }
}
