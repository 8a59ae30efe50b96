package io.statesync.test;

import static io.statesync.test.PersistenceTestBed.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncPhase;
import io.statesync.persistence.SnapshotPersistence;
import io.statesync.persistence.SnapshotStorage;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was saved is loaded, over any storage (PA-14 to PA-19). {@link SnapshotPersistenceContract} has these cases, too. */
@Timeout(60)
abstract class SnapshotRestoreContract {

    final IOException fault = new IOException("the test's fault");

    /** A storage that is empty. */
    protected abstract SnapshotStorage storage() throws Exception;

    PersistenceTestBed bed() {
        try {
            return new PersistenceTestBed(storage());
        } catch (Exception e) {
            throw new AssertionError("no storage", e);
        }
    }

    @Test
    @DisplayName("PA-14: what is stored at revision 5 is loaded, and applied by a restore")
    void whatIsStoredIsLoadedAndApplied() {
        PersistenceTestBed bed = bed();
        bed.plant("5", 1, RawRecord.of(TOPIC, "5", 1, PersistenceTestBed.START, "five"));
        SnapshotPersistence<String> persistence = bed.describe().build();
        RevisionSync<String> sync = sync(bed, persistence);

        assertThat(bed.load(persistence)).contains(PersistenceTestBed.envelope(5, "five"));
        assertThat(bed.done(persistence.restore(sync))).contains(new Revision(5));

        assertThat(bed.inner.applied()).containsExactly(PersistenceTestBed.envelope(5, "five"));
        assertThat(bed.heard.count("saveStarted 5")).as("not saved again").isZero();
        assertThat(persistence.statistics().restoredRevision()).isEqualTo(new Revision(5));
        assertThat(persistence.statistics().restoredSavedAt()).isEqualTo(PersistenceTestBed.START);
    }

    @Test
    @DisplayName("PA-15: nothing is loaded from an empty storage, and nothing applied")
    void nothingIsLoadedFromAnEmptyStorage() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe().build();

        assertThat(bed.load(persistence)).isEmpty();
        assertThat(bed.done(persistence.restore(sync(bed, persistence)))).isEmpty();

        assertThat(bed.inner.received()).isEmpty();
        assertThat(bed.heard.errors()).isEmpty();
    }

    @Test
    @DisplayName("PA-16: a load that fails gives nothing and one error with the phase load")
    void aLoadThatFails() {
        PersistenceTestBed bed = bed();
        bed.storage.failLoads(fault);
        SnapshotPersistence<String> persistence = bed.describe().build();

        assertThat(bed.load(persistence)).isEmpty();

        assertThat(bed.heard.errors(SyncPhase.LOAD)).hasSize(1);
        assertThat(bed.heard.errors()).hasSize(1);
        assertThat(bed.heard.errors().get(0).error()).isSameAs(fault);
    }

    @Test
    @DisplayName("PA-17: a restore waits until its snapshot is applied")
    void aRestoreWaitsUntilItsSnapshotIsApplied() {
        PersistenceTestBed bed = bed();
        bed.plant("5", 1, RawRecord.of(TOPIC, "5", 1, PersistenceTestBed.START, "five"));
        SnapshotPersistence<String> persistence = bed.describe().build();
        ManualExecutor engine = new ManualExecutor();
        RevisionSync<String> sync = RevisionSync.forTopic(TOPIC)
                .subscriber(HandSubscriber.confirming())
                .provider(GatedProvider.at(9, "nine").unconditional())
                .applier(persistence.around(bed.inner))
                .executor(engine)
                .scheduler(bed.time)
                .build();

        CompletableFuture<Optional<Revision>> restored = persistence.restore(sync);
        bed.settle();
        assertThat(restored).isNotDone();
        engine.runAll();

        assertThat(restored).isCompletedWithValue(Optional.of(new Revision(5)));
    }

    @Test
    @DisplayName("PA-18: the stored revision 01 gives nothing and one error about the revision")
    void theStoredRevision01() {
        aStoredRevisionThatIsNone("01");
    }

    @Test
    @DisplayName("PA-19: the stored revision abc gives nothing and one error")
    void theStoredRevisionAbc() {
        aStoredRevisionThatIsNone("abc");
    }

    private void aStoredRevisionThatIsNone(String revision) {
        PersistenceTestBed bed = bed();
        bed.plant("5", 1, RawRecord.of(TOPIC, revision, 1, PersistenceTestBed.START, "five"));
        SnapshotPersistence<String> persistence = bed.describe().build();

        assertThat(bed.done(persistence.restore(sync(bed, persistence)))).isEmpty();

        assertThat(bed.inner.received()).isEmpty();
        assertThat(bed.heard.errors()).hasSize(1);
        assertThat(bed.heard.errors(SyncPhase.LOAD).get(0).error()).hasMessageContaining("revision");
        assertThat(bed.stored()).isEmpty();
    }

    private static RevisionSync<String> sync(PersistenceTestBed bed, SnapshotPersistence<String> persistence) {
        return RevisionSync.forTopic(TOPIC)
                .subscriber(HandSubscriber.confirming())
                .provider(GatedProvider.at(9, "nine").unconditional())
                .applier(persistence.around(bed.inner))
                .executor(bed.threads)
                .scheduler(bed.time)
                .build();
    }
}
