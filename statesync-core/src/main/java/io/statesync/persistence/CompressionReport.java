package io.statesync.persistence;

import io.statesync.policy.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a compression does to a given value.
 *
 * @param compression its name
 * @param before bytes without it
 * @param after bytes with it
 * @param compress how long it took there
 * @param decompress how long it took back
 */
public record CompressionReport(String compression, long before, long after, Duration compress, Duration decompress) {

    /** The share of the bytes that is left: 0.25 is a quarter; 1 for an empty value. */
    public double ratio() {
        return before == 0 ? 1 : (double) after / before;
    }

    /**
     * Encodes and compresses the value, and guesses from it the size of values like it; takes no time back.
     *
     * @return with zero durations
     */
    public static <T> CompressionReport estimate(Compression compression, VersionedCodec<T> codec, @Nullable T value)
            throws IOException {
        ChunkedOutput out = new ChunkedOutput();
        long before = RecordWriter.encode(codec, compression, value, out);
        return new CompressionReport(compression.name(), before, out.size(), Duration.ZERO, Duration.ZERO);
    }

    /**
     * Measures the way there and back, the best of so many rounds. Blocks; needs memory for two copies of the bytes.
     *
     * @param rounds at least 1
     */
    public static <T> CompressionReport benchmark(
            Compression compression, VersionedCodec<T> codec, @Nullable T value, int rounds) throws IOException {
        if (rounds < 1) {
            throw new IllegalArgumentException("a benchmark needs at least 1 round, got " + rounds);
        }
        ChunkedOutput plain = new ChunkedOutput();
        long before = RecordWriter.encode(codec, Compression.NONE, value, plain);
        RecordBytes bytes = plain.after(new byte[0]);
        long after = 0;
        long compress = Long.MAX_VALUE;
        long decompress = Long.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            ChunkedOutput out = new ChunkedOutput();
            long begun = Scheduler.system().now();
            try (OutputStream compressing = compression.compress(out)) {
                bytes.writeTo(compressing);
            }
            long compressed = Scheduler.system().now();
            after = out.size();
            try (InputStream in = compression.decompress(out.after(new byte[0]).open())) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            decompress = Math.min(decompress, Scheduler.system().now() - compressed);
            compress = Math.min(compress, compressed - begun);
        }
        return new CompressionReport(
                compression.name(), before, after, Duration.ofNanos(compress), Duration.ofNanos(decompress));
    }
}
