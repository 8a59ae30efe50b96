package io.statesync.test;

import static io.statesync.test.PersistenceTestBed.START;
import static io.statesync.test.PersistenceTestBed.TOPIC;
import static io.statesync.test.PersistenceTestBed.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.SyncPhase;
import io.statesync.persistence.Compression;
import io.statesync.persistence.InMemorySnapshotStorage;
import io.statesync.persistence.Integrity;
import io.statesync.persistence.UnsupportedRecordException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which records are read, which are left alone, and which are set aside. */
class LoadedRecordTest {

    private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final PersistenceTestBed bed = new PersistenceTestBed(new InMemorySnapshotStorage());

    @Test
    void signedRecordsAreReadWithTheirKeyOnly() {
        Integrity signed = Integrity.hmacSha256(KEY);
        bed.apply(bed.describe().integrity(signed).build(), 7, "seven");
        bed.settle();
        assertThat(bed.load(bed.describe().integrity(signed).build())).contains(envelope(7, "seven"));

        assertThat(bed.load(bed.describe().build())).as("without a key").isEmpty();
        assertThat(bed.heard.errors().get(0).error()).isInstanceOf(UnsupportedRecordException.class);
        assertThat(bed.stored()).as("kept").isPresent();
        byte[] another = KEY.clone();
        another[0]++;
        assertThat(bed.load(
                        bed.describe().integrity(Integrity.hmacSha256(another)).build()))
                .as("another key")
                .isEmpty();
        assertThat(bed.stored()).as("set aside").isEmpty();

        bed.plant("9", 1, RawRecord.of(TOPIC, "9", 1, START, "forged"));
        assertThat(bed.load(bed.describe().integrity(signed).build()))
                .as("unsigned")
                .isEmpty();
        assertThatThrownBy(() -> Integrity.hmacSha256(new byte[15])).hasMessageContaining("16 bytes, got 15");
    }

    @Test
    void crcAndSha256ReadEachOther() {
        bed.apply(bed.describe().integrity(Integrity.sha256()).build(), 7, "seven");
        bed.settle();
        assertThat(bed.load(bed.describe().build())).isPresent();
        bed.apply(bed.describe().build(), 8, "eight");
        bed.settle();
        assertThat(bed.load(bed.describe().integrity(Integrity.sha256()).build()))
                .contains(envelope(8, "eight"));
    }

    @Test
    void aCompressionThatIsNotConfiguredLeavesTheRecordAlone() {
        bed.apply(bed.describe().compression(new Mirror(64)).build(), 7, "seven");
        bed.settle();

        assertThat(bed.load(bed.describe().build())).isEmpty();
        assertThat(bed.stored()).isPresent();
        assertThat(bed.load(bed.describe().compression(new Mirror(64)).build())).contains(envelope(7, "seven"));
        assertThatThrownBy(() -> bed.describe().compression(new Mirror(2))).hasMessageContaining("64 to 255");
    }

    @Test
    void anExpiredRecordIsSetAsideUnlessTheTtlIsIgnored() {
        bed.plant("7", 1, RawRecord.of(TOPIC, "7", 1, START.minusSeconds(61), "seven"));
        Duration ttl = Duration.ofMinutes(1);

        assertThat(bed.load(bed.describe().ttl(ttl).ignoreTtl().build())).isPresent();
        assertThat(bed.load(bed.describe().ttl(ttl).build())).isEmpty();

        assertThat(bed.heard.events()).containsExactly("loaded 7", "expired 7", "setAside");
        assertThat(bed.heard.errors()).isEmpty();
    }

    @Test
    void aValidatorSeesEachLoadAndMayRefuse() {
        bed.plant("7", 1, RawRecord.of(TOPIC, "7", 1, START, "seven"));

        assertThat(bed.load(bed.describe().validator(it -> {}).build())).isPresent();
        assertThat(bed.load(bed.describe()
                        .validator(it -> {
                            throw new IllegalArgumentException("not plausible");
                        })
                        .build()))
                .isEmpty();

        assertThat(bed.heard.errors(SyncPhase.LOAD).get(0).error()).hasMessage("not plausible");
        assertThat(bed.stored()).isEmpty();
    }

    @Test
    void aRecordThatCouldNotBeReadForLackOfMemoryOrTimeStays() throws Exception {
        bed.plant("7", 1, RawRecord.of(TOPIC, "7", 1, START, "seven"));

        for (Throwable notItsFault : List.of(new OutOfMemoryError("Java heap space"), new InterruptedException())) {
            assertThat(bed.load(bed.describe()
                            .validator(it -> {
                                if (notItsFault instanceof Error error) {
                                    throw error;
                                }
                                throw (Exception) notItsFault;
                            })
                            .build()))
                    .isEmpty();
        }

        assertThat(bed.heard.errors(SyncPhase.LOAD)).hasSize(2);
        assertThat(bed.heard.count("setAside")).isZero();
        assertThat(bed.load(bed.describe().build())).contains(envelope(7, "seven"));
    }

    private record Mirror(int id) implements Compression {

        @Override
        public String name() {
            return "mirror";
        }

        @Override
        public OutputStream compress(OutputStream out) throws IOException {
            return Compression.GZIP.compress(out);
        }

        @Override
        public InputStream decompress(InputStream in) throws IOException {
            return Compression.GZIP.decompress(in);
        }
    }
}
