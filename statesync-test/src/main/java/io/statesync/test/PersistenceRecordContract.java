package io.statesync.test;

import static io.statesync.test.PersistenceTestBed.START;
import static io.statesync.test.PersistenceTestBed.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncPhase;
import io.statesync.SyncState;
import io.statesync.persistence.Compression;
import io.statesync.persistence.FutureSchemaException;
import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import io.statesync.persistence.SnapshotPersistence;
import io.statesync.persistence.SnapshotStorage;
import io.statesync.policy.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records that are damaged, old, foreign or of the future, and a source that is away, over any storage (PX). */
@Timeout(60)
public abstract class PersistenceRecordContract {

    /** A storage that is empty. */
    protected abstract SnapshotStorage storage() throws Exception;

    private PersistenceTestBed bed() {
        try {
            return new PersistenceTestBed(storage());
        } catch (Exception e) {
            throw new AssertionError("no storage", e);
        }
    }

    @Test
    @DisplayName("PX-01: a newer snapshot that comes during a slow save is what the storage ends on")
    void aNewerSnapshotDuringASlowSave() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe().build();
        bed.storage.hold();
        bed.apply(persistence, 1, "one");
        Caller writer = Caller.of(bed::settle);
        Patience.until("the slow save", () -> bed.storage.attempts().size() == 1);

        bed.apply(persistence, 2, "two");
        bed.apply(persistence, 3, "three");
        assertThat(bed.threads.pendingTasks()).as("one writer").isZero();
        bed.storage.release();
        writer.awaitEnd();

        assertThat(bed.storage.attempts()).containsExactly(version(1, 1), version(3, 1));
        assertThat(bed.load(persistence)).contains(PersistenceTestBed.envelope(3, "three"));
    }

    @Test
    @DisplayName("PX-04: a record with one byte changed is set aside and reported, the replica starts cold")
    void aRecordWithOneByteChanged() {
        RecordBytes good = RawRecord.of(TOPIC, "50", 1, START, "fifty");
        for (int at = 0; at < good.size(); at++) {
            PersistenceTestBed bed = bed();
            byte[] bytes = good.toArray();
            bytes[at] ^= 0x10;
            bed.plant(new RecordVersion(new Revision(50 + at), 1), RecordBytes.of(bytes));

            assertThat(bed.load(bed.describe().build())).as("byte %d", at).isEmpty();

            assertThat(bed.heard.errors(SyncPhase.LOAD)).as("byte %d", at).hasSize(1);
            assertThat(bed.heard.count("setAside")).as("byte %d", at).isEqualTo(1);
            assertThat(bed.stored()).as("byte %d", at).isEmpty();
        }
    }

    @Test
    @DisplayName("PX-05: a full storage: applied, reported, tried again, and saved once there is room")
    void aFullStorage() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence = bed.describe()
                .retry(Backoff.of(Duration.ofSeconds(1), Duration.ofMinutes(1)).withJitter(() -> 1))
                .build();
        bed.storage.failSaves(new IOException("No space left on device"));

        bed.apply(persistence, 7, "seven");
        bed.settle();
        assertThatThrownBy(() -> bed.done(persistence.flush())).hasMessageContaining("No space left");
        assertThat(bed.inner.revisions()).containsExactly(new Revision(7));
        assertThat(bed.heard.errors(SyncPhase.SAVE)).hasSize(2);
        assertThat(persistence.pending()).isTrue();
        bed.storage.failSaves(null);
        bed.pass(Duration.ofSeconds(2));

        assertThat(persistence.pending()).isFalse();
        assertThat(bed.load(persistence)).contains(PersistenceTestBed.envelope(7, "seven"));
    }

    @Test
    @DisplayName("PX-07: schema 9 where the code knows 3: not applied, kept in its place, reported")
    void schema9WhereTheCodeKnows3() {
        PersistenceTestBed bed = bed();
        RecordBytes future = RawRecord.of(TOPIC, "50", 9, START, "fifty");
        bed.plant("50", 9, future);
        SnapshotPersistence<String> persistence = bed.describe(3).build();

        assertThat(bed.load(persistence)).isEmpty();
        bed.apply(persistence, 50, "as the code knows it");
        bed.settle();

        assertThat(bed.stored()).contains(future);
        assertThat(bed.heard.count("setAside")).isZero();
        assertThat(bed.heard.errors()).hasSize(1);
        assertThat(bed.heard.errors(SyncPhase.LOAD).get(0).error()).isInstanceOf(FutureSchemaException.class);
    }

    @Test
    @DisplayName("PX-08: a migrated record is announced and written back once, with its date")
    void aMigratedRecordIsWrittenBackOnce() {
        PersistenceTestBed bed = bed();
        bed.plant("50", 1, RawRecord.of(TOPIC, "50", 1, START, "fifty"));
        bed.date.set(START.plusSeconds(60));
        SnapshotPersistence<String> persistence = bed.describe(3).build();

        assertThat(bed.done(persistence.restore(sync(bed, persistence, GatedProvider.at(60, "sixty")))))
                .contains(new Revision(50));
        bed.settle();

        assertThat(bed.inner.applied()).containsExactly(PersistenceTestBed.envelope(50, "fifty+2+3"));
        assertThat(bed.heard.count("migrated 50 1->3")).isEqualTo(1);
        assertThat(bed.heard.count("saved 50")).isEqualTo(1);
        SnapshotPersistence<String> next = bed.describe(3).build();
        assertThat(bed.load(next)).contains(PersistenceTestBed.envelope(50, "fifty+2+3"));
        bed.settle();
        assertThat(bed.heard.count("migrated 50 1->3")).isEqualTo(1);
        assertThat(bed.heard.count("saved 50")).isEqualTo(1);
        assertThat(bed.stored()).contains(RawRecord.of(TOPIC, "50", 3, START, "fifty+2+3"));
    }

    @Test
    @DisplayName("PX-09: a record from the future is used, reported, and expires after the TTL from now")
    void aRecordFromTheFuture() {
        PersistenceTestBed bed = bed();
        Instant later = START.plus(Duration.ofDays(365));
        bed.plant("50", 1, RawRecord.of(TOPIC, "50", 1, later, "fifty"));
        Duration ttl = Duration.ofHours(1);

        assertThat(bed.load(bed.describe().ttl(ttl).build())).isPresent();
        bed.settle();
        assertThat(bed.heard.errors(SyncPhase.LOAD)).hasSize(1);
        bed.date.set(START.plus(ttl));
        assertThat(bed.load(bed.describe().ttl(ttl).build())).isPresent();
        bed.date.set(START.plus(ttl).plusMillis(1));

        assertThat(bed.load(bed.describe().ttl(ttl).build())).isEmpty();
        assertThat(bed.heard.count("expired 50")).isEqualTo(1);
        assertThat(bed.heard.errors()).hasSize(1);
    }

    @Test
    @DisplayName("PX-10: restored at 50: a source at 50 is not applied again, a source at 60 is")
    void restoredAt50() {
        PersistenceTestBed bed = bed();
        bed.plant("50", 1, RawRecord.of(TOPIC, "50", 1, START, "fifty"));
        SnapshotPersistence<String> persistence = bed.describe().build();
        GatedProvider<String> provider = GatedProvider.at(50, "fifty");
        RevisionSync<String> sync = sync(bed, persistence, provider);

        bed.done(persistence.restore(sync));
        bed.done(sync.startAsync());
        assertThat(bed.inner.revisions()).containsExactly(new Revision(50));
        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
        provider.answer(60, "sixty");
        bed.done(sync.refresh());

        assertThat(bed.inner.revisions()).containsExactly(new Revision(50), new Revision(60));
        bed.settle();
        assertThat(bed.load(persistence)).contains(PersistenceTestBed.envelope(60, "sixty"));
    }

    @Test
    @DisplayName(
            "PX-11: while the source is down the restored state serves, says that it is stale, and is repaired later")
    void whileTheSourceIsDown() {
        PersistenceTestBed bed = bed();
        bed.plant("50", 1, RawRecord.of(TOPIC, "50", 1, START, "fifty"));
        SnapshotPersistence<String> persistence = bed.describe().build();
        GatedProvider<String> provider = GatedProvider.at(60, "sixty");
        provider.fail(new IOException("the source is down"));
        RevisionSync<String> sync = sync(bed, persistence, provider);

        bed.done(persistence.restore(sync));
        assertThatThrownBy(() -> bed.done(sync.startAsync())).hasMessageContaining("the source is down");
        assertThat(sync.localRevision()).isEqualTo(new Revision(50));
        assertThat(sync.status().state()).isNotEqualTo(SyncState.LIVE);
        assertThat(sync.status().age()).isNull();
        provider.recover();
        bed.done(sync.startAsync());

        assertThat(sync.localRevision()).isEqualTo(new Revision(60));
        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
    }

    @Test
    @DisplayName("PX-13: gzip and any text: back as it was, and sizes are bytes")
    void gzipAndAnyText() {
        PersistenceTestBed bed = bed();
        SnapshotPersistence<String> persistence =
                bed.describe().compression(Compression.GZIP).build();
        String text = "gr\u00fc\u00df \ud83d\ude80 \u0000\uffff\u2028".repeat(10_000);

        bed.apply(persistence, 7, text);
        bed.settle();

        assertThat(bed.load(bed.describe().build())).contains(PersistenceTestBed.envelope(7, text));
        assertThat(persistence.statistics().lastBytes())
                .isEqualTo(bed.stored().orElseThrow().size())
                .isLessThan(text.length());
    }

    private static RevisionSync<String> sync(
            PersistenceTestBed bed, SnapshotPersistence<String> persistence, GatedProvider<String> provider) {
        return RevisionSync.forTopic(TOPIC)
                .subscriber(HandSubscriber.confirming())
                .provider(provider)
                .applier(persistence.around(bed.inner))
                .executor(bed.threads)
                .scheduler(bed.time)
                .build();
    }

    private static RecordVersion version(long revision, int schema) {
        return new RecordVersion(new Revision(revision), schema);
    }
}
