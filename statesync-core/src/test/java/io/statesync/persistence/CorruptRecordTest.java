package io.statesync.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to the bytes of a record: set aside, reported once, and the replica starts without it. In the payload each
 * byte is changed in 8 ways, with {@code -Dstatesync.corruptions.all=true} in all 255; in the header always in all.
 */
class CorruptRecordTest {

    private static final String TOPIC = "price-list";
    private static final int SIZE = 2048;
    private static final int HEADER = 128;
    private static final int RANDOM = 100_000;
    private static final boolean EVERY_CHANGE = Boolean.getBoolean("statesync.corruptions.all");

    private final List<SyncErrorContext> errors = new ArrayList<>();
    private int aside;
    private byte[] good = {};

    @BeforeEach
    void aRecordOf2KiB() throws Exception {
        int overhead = recordOf("").length;
        good = recordOf("x".repeat(SIZE - overhead));
        assertThat(good).hasSize(SIZE);
    }

    private byte[] recordOf(String text) throws Exception {
        InMemorySnapshotStorage storage = new InMemorySnapshotStorage();
        over(storage).around(it -> {}).apply(new SnapshotEnvelope<>(new Revision(1234), text));
        return storage.load(TOPIC).orElseThrow().toArray();
    }

    private SnapshotPersistence<String> over(SnapshotStorage storage) {
        return SnapshotPersistence.forTopic(TOPIC)
                .storage(storage)
                .codec(new LineCodec())
                .executor(Runnable::run)
                .listener(new PersistenceListener() {
                    @Override
                    public void onError(SyncErrorContext context) {
                        errors.add(context);
                    }

                    @Override
                    public void setAside(String topic, String where, Throwable reason) {
                        aside++;
                    }
                })
                .build();
    }

    /* A storage that holds these bytes, and counts what is set aside. */
    private void isSetAside(Damaged storage, SnapshotPersistence<String> persistence, byte[] bytes, String what) {
        storage.bytes = bytes;
        errors.clear();
        aside = 0;
        if (persistence.load().join().isPresent()
                || errors.size() != 1
                || aside != 1
                || errors.get(0).phase() != SyncPhase.LOAD) {
            throw new AssertionError(what + " was not set aside and reported once: " + errors + ", aside " + aside);
        }
    }

    @Test
    @DisplayName("PX-04: every change of a single byte of a record of 2 KB is found")
    void everyChangeOfASingleByte() {
        Damaged storage = new Damaged();
        SnapshotPersistence<String> persistence = over(storage);
        for (int at = 0; at < good.length; at++) {
            boolean all = EVERY_CHANGE || at < HEADER;
            for (int change = 1; change < 256; change = all ? change + 1 : change * 2) {
                byte[] bytes = good.clone();
                bytes[at] ^= (byte) change;
                isSetAside(storage, persistence, bytes, "byte " + at + " changed by " + change);
            }
        }
    }

    @Test
    @DisplayName("PX-04: every truncation is found, and every extension")
    void everyTruncation() {
        Damaged storage = new Damaged();
        SnapshotPersistence<String> persistence = over(storage);
        for (int length = 0; length < good.length; length++) {
            isSetAside(storage, persistence, Arrays.copyOf(good, length), "a record cut to " + length);
        }
        isSetAside(storage, persistence, Arrays.copyOf(good, good.length + 1), "a record with a byte more");
    }

    @Test
    @DisplayName("PX-04: 100,000 random corruptions are found")
    void randomCorruptions() {
        Damaged storage = new Damaged();
        SnapshotPersistence<String> persistence = over(storage);
        Random random = new Random(20_261_121);
        for (int round = 0; round < RANDOM; round++) {
            byte[] bytes = randomly(good.clone(), random);
            if (!Arrays.equals(bytes, good)) {
                isSetAside(storage, persistence, bytes, "random corruption " + round);
            }
        }
    }

    private static byte[] randomly(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length);
        int length = random.nextInt(bytes.length - from) + 1;
        switch (random.nextInt(5)) {
            case 0 -> random.nextBytes(bytes);
            case 1 -> Arrays.fill(bytes, from, from + length, (byte) 0);
            case 2 -> System.arraycopy(bytes, 0, bytes, from, length);
            case 3 -> {
                for (int i = 0; i < 1 + length / 64; i++) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
                }
            }
            default -> {
                byte[] part = new byte[length];
                random.nextBytes(part);
                System.arraycopy(part, 0, bytes, from, length);
            }
        }
        return bytes;
    }

    @Test
    @DisplayName("PX-04: any byte of the file flipped: kept beside it as *.corrupt, and the next record is saved")
    void anyByteOfTheFile(@TempDir Path directory) throws Exception {
        FileSnapshotStorage storage = FileSnapshotStorage.in(directory);
        storage.save(TOPIC, new RecordVersion(new Revision(7), 1), RecordBytes.of(good));
        Path file = storage.fileOf(TOPIC);
        byte[] whole = Files.readAllBytes(file);
        SnapshotPersistence<String> persistence = over(storage);
        for (int at = 0; at < whole.length; at += at < 100 ? 1 : 61) {
            byte[] bytes = whole.clone();
            bytes[at] ^= 0x10;
            Files.write(file, bytes);
            errors.clear();
            aside = 0;

            assertThat(persistence.load().join()).as("byte %d", at).isEmpty();

            assertThat(errors).as("byte %d", at).hasSize(1);
            assertThat(aside).isEqualTo(1);
            assertThat(file).doesNotExist();
        }
        persistence.around(it -> {}).apply(new SnapshotEnvelope<>(new Revision(3), "fresh"));

        assertThat(persistence.load().join()).contains(new SnapshotEnvelope<>(new Revision(3), "fresh"));
        try (var files = Files.list(directory)) {
            assertThat(files.filter(it -> it.toString().endsWith(".corrupt"))).hasSize(10);
        }
    }

    @Test
    void aRecordUnderAnotherTopicsNameIsFound() {
        Damaged storage = new Damaged();
        storage.bytes = good;
        SnapshotPersistence<String> other = SnapshotPersistence.forTopic("other")
                .storage(storage)
                .codec(new LineCodec())
                .executor(Runnable::run)
                .clock(() -> Instant.EPOCH)
                .build();

        assertThat(other.load().join()).isEmpty();
        assertThat(other.statistics().loadErrors()).isEqualTo(1);
        assertThat(over(storage).load().join()).isPresent();
    }

    private static final class Damaged implements SnapshotStorage {

        private byte[] bytes = {};

        @Override
        public Optional<RecordBytes> load(String topic) {
            return Optional.of(RecordBytes.of(bytes));
        }

        @Override
        public boolean save(String topic, RecordVersion version, RecordBytes record) {
            return true;
        }

        @Override
        public String setAside(String topic, RecordBytes unreadable) {
            return "here";
        }
    }
}
