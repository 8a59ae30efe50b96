package io.statesync.persistence;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.reliability.FuzzTarget;
import io.statesync.reliability.Input;
import io.statesync.reliability.Oracle;
import io.statesync.test.TextCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Persisted records: as they lie there, with any header whose checks agree, and real ones that are cut, changed or another
 * topic's.
 */
public final class RecordTarget implements FuzzTarget {

    private static final int SCHEMA = 3;
    private static final int LARGEST = 64 * 1024;
    private static final Integrity[] CHECKS = {
        Integrity.crc32c(),
        Integrity.sha256(),
        Integrity.hmacSha256("0123456789abcdef".getBytes(StandardCharsets.UTF_8))
    };
    private static final Compression[] COMPRESSIONS = {Compression.NONE, Compression.GZIP};

    @Override
    public List<byte[]> seeds() {
        try {
            return List.of(
                    with(0, parts(CHECKS[0], COMPRESSIONS[0]).snapshot(version(7), "text", Instant.EPOCH)),
                    with(0, parts(CHECKS[1], COMPRESSIONS[1]).snapshot(version(7), "text", Instant.EPOCH)),
                    with(
                            0,
                            parts(CHECKS[2], COMPRESSIONS[0])
                                    .snapshot(version(-1), null, Instant.ofEpochMilli(Long.MAX_VALUE))),
                    with(
                            0,
                            parts(CHECKS[0], COMPRESSIONS[0])
                                    .tombstone(RecordVersion.tombstone(Revision.MAX), Instant.EPOCH)),
                    Input.of("\u0000\u0000\u0000\u0003\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0001", 1),
                    Input.of("some text of a topic", 2, 0, 0, 0, 0, 1),
                    Input.of("some text of a topic", 2, 1, 1, 0, 9, 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void play(byte[] bytes) throws Exception {
        Input input = new Input(bytes);
        switch (input.below(3)) {
            case 0 -> raw(RecordBytes.of(input.rest()));
            case 1 -> sealed(input.rest());
            default -> real(input);
        }
    }

    private static void raw(RecordBytes record) throws Exception {
        for (Integrity check : CHECKS) {
            read("prices", record, check);
        }
    }

    /* The first bytes are the header, the rest is the payload, the checks are right. */
    private static void sealed(byte[] bytes) throws Exception {
        byte[] record = SealedRecord.of("prices", bytes);
        SnapshotEnvelope<String> read = read("prices", RecordBytes.of(record), CHECKS[0]);
        if (read != null) {
            RecordBytes printed = parts(CHECKS[0], Compression.NONE)
                    .snapshot(new RecordVersion(read.revision(), SCHEMA), read.data(), Instant.EPOCH);
            Oracle.same(read, read("prices", printed, CHECKS[0]), "printed and read again");
        }
    }

    private static void real(Input input) throws Exception {
        Integrity check = input.oneOf(CHECKS);
        Compression compression = input.oneOf(COMPRESSIONS);
        int damage = input.below(4);
        int at = input.choice() << 8 | input.choice();
        int change = 1 + input.below(255);
        Revision revision = new Revision(input.number());
        String text = input.restAsText();
        RecordBytes record = parts(check, compression).snapshot(version(revision.bits()), text, Instant.EPOCH);
        SnapshotEnvelope<String> expected = new SnapshotEnvelope<>(revision, text.isEmpty() ? null : text);
        Oracle.same(expected, read("prices", record, check), "written and read");

        byte[] whole = record.toArray();
        byte[] damaged = switch (damage) {
            case 0 -> Arrays.copyOf(whole, at % whole.length);
            case 1 -> Arrays.copyOf(whole, whole.length + 1 + at % 100);
            case 2 -> changed(whole, at % whole.length, change);
            default -> whole;
        };
        String topic = damage == 3 ? "flags" : "prices";
        Oracle.same(null, read(topic, RecordBytes.of(damaged), check), "a record that is none, damage " + damage);
    }

    private static byte[] changed(byte[] bytes, int at, int change) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) change;
        return changed;
    }

    /** What is in it; null if it was refused as documented. A small record does not become a large text. */
    private static @Nullable SnapshotEnvelope<String> read(String topic, RecordBytes record, Integrity check)
            throws Exception {
        RecordReader<String> reader = new RecordReader<>(builder(topic).integrity(check));
        RecordHeader header = Oracle.valueOrRefusal(
                () -> reader.verify(record),
                CorruptRecordException.class,
                UnsupportedRecordException.class,
                FutureSchemaException.class);
        if (header == null || header.tombstone()) {
            return null;
        }
        SnapshotEnvelope<String> read;
        try {
            read = reader.read(record, header);
        } catch (IOException refused) {
            // the codec and the compression say it in their own words; it sets the record aside
            return null;
        }
        if (read.data() != null) {
            byte[] text = read.data().getBytes(StandardCharsets.UTF_8);
            Oracle.holds(
                    text.length <= Math.max(3 * header.uncompressed(), LARGEST), "a text larger than its record says");
        }
        return read;
    }

    private static RecordWriter<String> parts(Integrity check, Compression compression) {
        return new RecordWriter<>(builder("prices").integrity(check).compression(compression));
    }

    private static SnapshotPersistenceBuilder<String> builder(String topic) {
        return SnapshotPersistence.forTopic(topic)
                .storage(new InMemorySnapshotStorage())
                .codec(TextCodec.at(SCHEMA));
    }

    private static RecordVersion version(long revision) {
        return new RecordVersion(new Revision(revision), SCHEMA);
    }

    private static byte[] with(int way, RecordBytes record) {
        byte[] bytes = new byte[(int) record.size() + 1];
        bytes[0] = (byte) way;
        System.arraycopy(record.toArray(), 0, bytes, 1, (int) record.size());
        return bytes;
    }
}
