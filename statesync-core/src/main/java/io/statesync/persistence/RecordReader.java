package io.statesync.persistence;

import io.statesync.SnapshotEnvelope;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads records of one topic. Safe for use by any thread. */
final class RecordReader<T> {

    private final String topic;
    private final VersionedCodec<T> codec;
    private final Compression compression;
    private final Integrity integrity;
    private final List<SnapshotValidator<? super T>> validators;

    RecordReader(SnapshotPersistenceBuilder<T> parts) {
        this.topic = parts.topic;
        this.codec = parts.codec;
        this.compression = parts.compression;
        this.integrity = parts.integrity;
        this.validators = List.copyOf(parts.validators);
    }

    /**
     * The header of a record that is whole.
     *
     * @throws FutureSchemaException if a newer version of the application wrote it
     */
    RecordHeader verify(RecordBytes record) throws CorruptRecordException, UnsupportedRecordException {
        RecordHeader header = RecordFrame.verified(topic, record, integrity);
        if (!header.tombstone() && header.schema() > codec.version()) {
            throw new FutureSchemaException(header.schema(), codec.version());
        }
        return header;
    }

    /** The snapshot of a record that was verified, migrated and validated. */
    SnapshotEnvelope<T> read(RecordBytes record, RecordHeader header) throws Exception {
        SnapshotEnvelope<T> snapshot = new SnapshotEnvelope<>(header.revision(), decode(record, header));
        for (SnapshotValidator<? super T> validator : validators) {
            validate(validator, snapshot);
        }
        return snapshot;
    }

    private @Nullable T decode(RecordBytes record, RecordHeader header) throws Exception {
        Compression used = compressionOf(header);
        try (InputStream in =
                new BoundedInput(used.decompress(RecordFrame.payload(record, header)), header.uncompressed())) {
            return codec.decode(in, header.schema());
        }
    }

    private Compression compressionOf(RecordHeader header) throws IOException {
        for (Compression known : List.of(Compression.NONE, Compression.GZIP, compression)) {
            if (known.id() == header.compression()) {
                return known;
            }
        }
        throw new UnsupportedRecordException(
                "the record is compressed in a way that is not configured here: " + header.compression());
    }

    private static <S, T extends S> void validate(SnapshotValidator<S> validator, SnapshotEnvelope<T> snapshot)
            throws Exception {
        validator.validate(new SnapshotEnvelope<>(snapshot.revision(), snapshot.data()));
    }
}
