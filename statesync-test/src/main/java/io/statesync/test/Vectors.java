package io.statesync.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The protocol's own cases (P1, P2, P3) as JSON, for tests of codecs and engines in any language. */
public enum Vectors {
    /** Which texts are revisions, and how they compare. */
    REVISIONS,
    /** Which payloads are invalidation events. */
    INVALIDATIONS,
    /** Which envelopes are snapshots. */
    SNAPSHOTS;

    /** The text of the file; it lies beside this class in {@code vectors/}. */
    public String json() {
        String file = "vectors/" + name().toLowerCase(Locale.ROOT) + ".json";
        try (InputStream stream = Vectors.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("the test kit lacks its file " + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
