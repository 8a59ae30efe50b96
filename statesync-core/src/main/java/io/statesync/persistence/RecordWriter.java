package io.statesync.persistence;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes records of one topic. Safe for use by any thread. */
final class RecordWriter<T> {

    private static final int SMALL_WRITES = 1024;

    private final String topic;
    private final VersionedCodec<T> codec;
    private final Compression compression;
    private final Integrity integrity;

    RecordWriter(SnapshotPersistenceBuilder<T> parts) {
        this.topic = parts.topic;
        this.codec = parts.codec;
        this.compression = parts.compression;
        this.integrity = parts.integrity;
    }

    RecordBytes snapshot(RecordVersion version, @Nullable T data, Instant savedAt) throws IOException {
        ChunkedOutput payload = new ChunkedOutput();
        long uncompressed = encode(codec, compression, data, payload);
        RecordHeader header =
                new RecordHeader(version, savedAt, compression.id(), integrity.id(), uncompressed, payload.size());
        return RecordFrame.write(topic, header, integrity, payload);
    }

    RecordBytes tombstone(RecordVersion version, Instant savedAt) {
        RecordHeader header = new RecordHeader(version, savedAt, Compression.NONE.id(), integrity.id(), 0, 0);
        return RecordFrame.write(topic, header, integrity, new ChunkedOutput());
    }

    /** Encodes and compresses; returns the length before compression. */
    static <T> long encode(VersionedCodec<T> codec, Compression compression, @Nullable T data, OutputStream payload)
            throws IOException {
        try (OutputStream compressing = compression.compress(payload)) {
            CountingOutput counting = new CountingOutput(compressing);
            OutputStream buffered = new BufferedOutputStream(counting, SMALL_WRITES);
            codec.encode(data, buffered);
            buffered.flush();
            return counting.count();
        }
    }
}
