package io.statesync.test;

import static io.statesync.test.PersistenceTestBed.START;
import static io.statesync.test.PersistenceTestBed.TOPIC;
import static io.statesync.test.PersistenceTestBed.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.SnapshotApplier;
import io.statesync.persistence.InMemorySnapshotStorage;
import io.statesync.persistence.IntermediateForm;
import io.statesync.persistence.Migrations;
import io.statesync.persistence.SnapshotPersistence;
import io.statesync.persistence.VersionedCodec;
import io.statesync.policy.Throttling;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A record that would refuse by its version what is true now does not outlive it, whatever comes between. */
@Timeout(60)
class AnotherHistoryTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final PersistenceTestBed bed = new PersistenceTestBed(new InMemorySnapshotStorage());

    private String loadedAnew() {
        return bed.load(bed.describe().build()).map(it -> it.data()).orElse("nothing");
    }

    @Test
    void whatCannotBeEncodedAfterTheSourceWentBackDoesNotKeepTheNewerRecord() {
        SnapshotPersistence<String> persistence = SnapshotPersistence.forTopic(TOPIC)
                .storage(bed.storage)
                .codec(VersionedCodec.migrating(Migrations.<String>to(1).build(), new RefusesBad()))
                .executor(bed.threads)
                .scheduler(bed.time)
                .listener(bed.heard)
                .build();
        SnapshotApplier<String> applier = persistence.around(bed.inner);
        bed.apply(applier, 100, "of the former history");
        bed.settle();

        bed.apply(applier, 50, "bad");
        bed.settle();
        bed.apply(applier, 51, "fifty-one");
        bed.settle();

        assertThat(loadedAnew()).isEqualTo("fifty-one");
    }

    @Test
    void aClearAfterTheSourceWentBackTakesWhatComesThen() {
        SnapshotPersistence<String> persistence = bed.describe().build();
        SnapshotApplier<String> applier = persistence.around(bed.inner);
        bed.apply(applier, 100, "of the former history");
        bed.settle();
        bed.apply(applier, 50, "fifty");
        bed.settle();

        bed.done(persistence.clear());
        bed.apply(applier, 51, "fifty-one");
        bed.settle();

        assertThat(bed.heard.count("cleared 50")).isEqualTo(1);
        assertThat(loadedAnew()).isEqualTo("fifty-one");
    }

    @Test
    void aClearBeforeTheOlderStateIsSavedTakesWhatComesThen() {
        SnapshotPersistence<String> persistence =
                bed.describe().throttling(Throttling.debounce(SECOND)).build();
        SnapshotApplier<String> applier = persistence.around(bed.inner);
        bed.apply(applier, 100, "of the former history");
        bed.pass(SECOND);
        bed.apply(applier, 50, "fifty");

        bed.done(persistence.clear());
        bed.pass(SECOND);
        assertThat(loadedAnew()).isEqualTo("nothing");
        bed.apply(applier, 51, "fifty-one");
        bed.pass(SECOND);

        assertThat(loadedAnew()).isEqualTo("fifty-one");
    }

    @Test
    void aSaveThatFailsWhileAClearWaitsDoesNotBringBackWhatWasCleared() {
        SnapshotPersistence<String> persistence = bed.describe().build();
        SnapshotApplier<String> applier = persistence.around(bed.inner);
        bed.apply(applier, 100, "of the former history");
        bed.settle();
        bed.apply(applier, 50, "fifty");
        bed.storage.failSaves(new IOException("full"));
        CompletableFuture<Void> cleared = persistence.clear();
        bed.threads.runNext();
        bed.storage.failSaves(null);
        bed.settle();
        bed.pass(Duration.ofHours(1));

        assertThat(cleared).isCompleted();
        assertThat(persistence.pending()).isFalse();
        assertThat(loadedAnew()).isEqualTo("nothing");
    }

    @Test
    void aRecordThatTheApplierRefusedGivesWayToWhatTheSourceHasOfItsRevision() {
        bed.plant("60", 1, RawRecord.of(TOPIC, "60", 1, START, "of another shape"));
        SnapshotPersistence<String> persistence = bed.describe().build();
        SnapshotApplier<String> applier = persistence.around(bed.inner);
        assertThat(bed.load(persistence)).isPresent();
        bed.inner.failNext(new IllegalStateException("a field is missing"));
        assertThatThrownBy(() -> applier.apply(envelope(60, "of another shape")))
                .hasMessage("a field is missing");
        assertThat(loadedAnew()).as("it may have been the applier's fault").isEqualTo("of another shape");

        bed.apply(applier, 60, "sixty");
        bed.settle();

        assertThat(loadedAnew()).isEqualTo("sixty");
        assertThat(bed.heard.count("setAside")).isEqualTo(1);
    }

    private static final class RefusesBad implements IntermediateForm<String, String> {

        @Override
        public void encode(String data, OutputStream out) throws IOException {
            if (data.equals("bad")) {
                throw new IOException("bad data");
            }
            out.write(data.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String read(InputStream in) throws IOException {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        @Override
        public String convert(String current) {
            return current;
        }
    }
}
