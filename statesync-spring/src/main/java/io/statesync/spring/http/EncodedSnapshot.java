package io.statesync.spring.http;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.spring.json.SnapshotCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as it goes over the wire, in its two forms.
 *
 * @param revision the label inside
 * @param gzip null where compression gains too little
 */
record EncodedSnapshot(
        Revision revision, Body plain, @Nullable Body gzip) {

    /** Below this size the headers weigh more than what could be gained. */
    private static final int WORTH_COMPRESSING = 1024;

    private static final double WORTH_SENDING = 0.9;

    /**
     * One form of the body.
     *
     * @param etag strong, quotes included: revision, checksum of the plain bytes (a rolling deploy can change the shape at
     *     one revision), and the form
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody, and never copied: it may be large
    record Body(String etag, byte[] bytes, boolean compressed) {}

    static EncodedSnapshot of(SnapshotEnvelope<?> envelope, SnapshotCodec codec) {
        byte[] bytes = codec.encode(envelope);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        String tag = envelope.revision() + "-" + HexFormat.of().toHexDigits((int) checksum.getValue());
        Body plain = new Body('"' + tag + '"', bytes, false);
        return new EncodedSnapshot(envelope.revision(), plain, compressed(tag, bytes));
    }

    /** The smaller form; null where compression gains too little. */
    static @Nullable Body compressed(String tag, byte[] bytes) {
        if (bytes.length < WORTH_COMPRESSING) {
            return null;
        }
        ByteArrayOutputStream smaller = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(smaller)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (smaller.size() > bytes.length * WORTH_SENDING) {
            return null;
        }
        return new Body('"' + tag + "-gzip\"", smaller.toByteArray(), true);
    }

    /** The form for a client. */
    Body body(boolean acceptsGzip) {
        return acceptsGzip && gzip != null ? gzip : plain;
    }
}
