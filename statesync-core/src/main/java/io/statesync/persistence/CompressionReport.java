package io.statesync.persistence;

import java.io.IOException;
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
        throw new UnsupportedOperationException();
    }

    /**
     * Measures the way there and back, the best of so many rounds. Blocks; needs memory for two copies of the bytes.
     *
     * @param rounds at least 1
     */
    public static <T> CompressionReport benchmark(
            Compression compression, VersionedCodec<T> codec, @Nullable T value, int rounds) throws IOException {
        throw new UnsupportedOperationException();
    }
}
