package io.statesync.test;

import static io.statesync.test.PersistenceTestBed.START;
import static io.statesync.test.PersistenceTestBed.TOPIC;
import static io.statesync.test.PersistenceTestBed.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.SnapshotApplier;
import io.statesync.SyncPhase;
import io.statesync.persistence.InMemorySnapshotStorage;
import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import io.statesync.persistence.SnapshotPersistence;
import io.statesync.persistence.VersionedCodec;
import io.statesync.policy.Backoff;
import io.statesync.policy.Throttling;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the contracts do not say of a persistence: waiting, clearing, going back, and the closing's deadline. */
@Timeout(60)
class SnapshotPersistenceTest {

    private static final Backoff SURE =
            Backoff.of(Duration.ofSeconds(1), Duration.ofSeconds(4)).withJitter(() -> 1);

    private final PersistenceTestBed bed = new PersistenceTestBed(new InMemorySnapshotStorage());

    @Test
    void aFailedSaveIsTriedAgainAfterGrowingDelaysEachReportedOnce() {
        SnapshotPersistence<String> persistence = bed.describe().retry(SURE).build();
        bed.storage.failSaves(new IOException("full"));
        bed.apply(persistence, 1, "one");
        bed.settle();
        bed.apply(persistence, 2, "two");
        bed.settle();
        assertThat(bed.storage.attempts())
                .as("new snapshots do not shorten the delay")
                .hasSize(1);

        bed.pass(Duration.ofSeconds(1));
        bed.pass(Duration.ofSeconds(2));
        bed.pass(Duration.ofSeconds(4));

        assertThat(bed.heard.errors()).extracting(it -> it.attempt()).containsExactly(1, 2, 3, 4);
        assertThat(bed.heard.errors())
                .extracting(it -> it.nextDelay())
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(4));
        bed.storage.failSaves(null);
        bed.pass(Duration.ofSeconds(4));
        assertThat(bed.load(persistence)).contains(envelope(2, "two"));
        assertThat(bed.time.pendingTimers()).isZero();
    }

    @Test
    void aCodecThatFailsIsNotAskedAgainForTheSameData() {
        SnapshotPersistence<String> persistence = SnapshotPersistence.forTopic(TOPIC)
                .storage(bed.storage)
                .codec(new Refusing())
                .executor(bed.threads)
                .scheduler(bed.time)
                .listener(bed.heard)
                .build();
        bed.apply(persistence, 1, "bad");
        bed.settle();
        bed.pass(Duration.ofHours(1));

        assertThat(bed.heard.errors(SyncPhase.SAVE)).hasSize(1);
        assertThat(bed.heard.errors().get(0).willRetry()).isFalse();
        assertThat(persistence.pending()).isFalse();
        bed.apply(persistence, 2, "good");
        bed.settle();
        assertThat(bed.heard.count("saved 2")).isEqualTo(1);
    }

    @Test
    void clearedIsClearedForWhatIsPendingToo() {
        SnapshotPersistence<String> persistence = bed.describe()
                .throttling(Throttling.debounce(Duration.ofSeconds(1)))
                .build();
        bed.apply(persistence, 7, "seven");

        bed.done(persistence.clear());
        bed.pass(Duration.ofSeconds(1));
        bed.apply(persistence, 6, "six");
        bed.pass(Duration.ofSeconds(1));

        assertThat(bed.load(persistence)).isEmpty();
        assertThat(bed.heard.events()).containsExactly("cleared 7");
        bed.apply(persistence, 8, "eight");
        bed.pass(Duration.ofSeconds(1));
        assertThat(bed.load(persistence)).contains(envelope(8, "eight"));
    }

    @Test
    void aClearReachesWhatASiblingSavedAndWhatIsDamaged() {
        SnapshotPersistence<String> persistence = bed.describe().build();
        bed.plant("9", 1, RawRecord.of(TOPIC, "9", 1, START, "nine"));
        bed.done(persistence.clear());
        bed.done(persistence.clear());
        assertThat(bed.load(persistence)).isEmpty();
        assertThat(bed.heard.events()).containsExactly("cleared 9", "cleared 9");

        bed.plant("12", 1, RecordBytes.of(new byte[] {1}));
        bed.done(persistence.clear());
        assertThat(bed.load(bed.describe().build())).isEmpty();
        assertThat(bed.heard.count("setAside")).isEqualTo(1);
    }

    @Test
    void aClearThatFailsSaysSo() {
        SnapshotPersistence<String> persistence = bed.describe().build();
        bed.storage.failSaves(new IOException("full"));

        assertThatThrownBy(() -> bed.done(persistence.clear())).hasMessageContaining("full");

        assertThat(bed.heard.errors(SyncPhase.SAVE)).hasSize(1);
        bed.close(persistence);
        assertThatThrownBy(() -> bed.done(persistence.clear())).hasMessageContaining("closed");
    }

    @Test
    void aSourceThatWentBackAndWasAcceptedReplacesTheNewerRecord() {
        SnapshotPersistence<String> persistence = bed.describe().build();
        SnapshotApplier<String> applier = persistence.around(bed.inner);
        bed.apply(applier, 50, "fifty");
        bed.settle();

        bed.apply(applier, 40, "forty");
        bed.settle();

        assertThat(bed.load(bed.describe().build())).contains(envelope(40, "forty"));
        assertThat(bed.heard.reasons()).singleElement().asString().contains("went back to revision 40");
    }

    @Test
    void whatFollowsOnASourceThatWentBackIsSavedWhateverComesBetween() {
        SnapshotPersistence<String> persistence = bed.describe()
                .throttling(Throttling.debounce(Duration.ofSeconds(1)))
                .retry(SURE)
                .build();
        SnapshotApplier<String> applier = persistence.around(bed.inner);
        bed.apply(applier, 50, "fifty");
        bed.pass(Duration.ofSeconds(1));
        bed.apply(applier, 40, "forty");
        bed.apply(applier, 41, "forty-one");
        bed.storage.failSaves(new IOException("full"));
        bed.pass(Duration.ofSeconds(1));
        bed.apply(applier, 42, "forty-two");
        bed.storage.failSaves(null);
        bed.pass(Duration.ofSeconds(4));
        assertThat(bed.load(bed.describe().build())).contains(envelope(42, "forty-two"));

        bed.apply(applier, 43, "forty-three");
        bed.pass(Duration.ofSeconds(1));

        assertThat(bed.load(bed.describe().build())).contains(envelope(43, "forty-three"));
    }

    @Test
    void whatTheInnerApplierRefusesIsNotSaved() {
        SnapshotPersistence<String> persistence = bed.describe().build();
        bed.inner.fail(new IllegalStateException("the test's fault"));

        assertThatThrownBy(() -> persistence.around(bed.inner).apply(envelope(7, "seven")))
                .hasMessage("the test's fault");
        bed.settle();

        assertThat(bed.storage.attempts()).isEmpty();
    }

    @Test
    void aSaveThatHangsDoesNotKeepTheClosingBeyondItsDeadline() {
        SnapshotPersistence<String> persistence =
                bed.describe().closeTimeout(Duration.ofSeconds(5)).build();
        bed.storage.hold();
        bed.apply(persistence, 7, "seven");
        Caller writer = Caller.of(bed::settle);
        Patience.until("the save", () -> bed.storage.attempts().size() == 1);

        Caller closing = Caller.of(persistence::close);
        closing.awaitWaiting();
        bed.time.advance(Duration.ofSeconds(5));
        closing.awaitEnd();

        assertThat(bed.heard.errors()).singleElement().satisfies(it -> {
            assertThat(it.error()).isInstanceOf(TimeoutException.class);
            assertThat(it.snapshotRevision()).isEqualTo(new Revision(7));
            assertThat(it.willRetry()).isFalse();
        });
        bed.storage.release();
        writer.awaitEnd();
    }

    @Test
    void aClosingWithABrokenStorageEndsAndReports() {
        SnapshotPersistence<String> persistence = bed.describe()
                .throttling(Throttling.debounce(Duration.ofSeconds(1)))
                .build();
        bed.storage.failSaves(new IOException("full"));
        bed.apply(persistence, 7, "seven");

        bed.close(persistence);

        assertThat(bed.heard.errors())
                .singleElement()
                .satisfies(it -> assertThat(it.willRetry()).isFalse());
        assertThat(persistence.pending()).isFalse();
    }

    @Test
    void anExecutorOrATimerThatRefusesLosesNoSave() {
        SnapshotPersistence<String> persistence = bed.describe()
                .throttling(Throttling.debounce(Duration.ofSeconds(1)))
                .build();
        bed.threads.refuse(true);
        bed.time.refuse(true);

        bed.apply(persistence, 7, "seven");
        CompletableFuture<Void> flushed = persistence.flush();

        flushed.join();
        assertThat(bed.heard.count("saved 7")).isEqualTo(1);
    }

    @Test
    void nullIsAValue() {
        SnapshotPersistence<String> persistence = bed.describe().build();
        try {
            persistence.around(bed.inner).apply(envelope(7, null));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        bed.settle();

        assertThat(bed.load(persistence)).contains(envelope(7, null));
    }

    @Test
    void tombstonesHaveTheLastWordOfTheirRevision() {
        RecordVersion tombstone = RecordVersion.tombstone(new Revision(7));

        assertThat(tombstone.isNewerThan(new RecordVersion(new Revision(7), 100)))
                .isTrue();
        assertThat(new RecordVersion(new Revision(8), 0).isNewerThan(tombstone)).isTrue();
        assertThatThrownBy(() -> new RecordVersion(new Revision(7), -1)).hasMessageContaining("got -1");
    }

    private static final class Refusing implements VersionedCodec<String> {

        private final VersionedCodec<String> text = TextCodec.at(1);

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void encode(@Nullable String data, OutputStream out) throws IOException {
            if ("bad".equals(data)) {
                throw new StackOverflowError("a value that refers to itself");
            }
            text.encode(data, out);
        }

        @Override
        public @Nullable String decode(InputStream in, int version) throws Exception {
            return text.decode(in, version);
        }
    }
}
