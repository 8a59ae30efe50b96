package io.statesync.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An encoded record: immutable bytes in chunks, so that a large one is never copied to grow. Equal by content. */
public final class RecordBytes {

    private final List<byte[]> chunks;
    private final long size;

    RecordBytes(List<byte[]> chunks, long size) {
        this.chunks = List.copyOf(chunks);
        this.size = size;
    }

    /** A record of these bytes; the array must not be changed afterwards. */
    public static RecordBytes of(byte[] bytes) {
        return new RecordBytes(List.of(bytes), bytes.length);
    }

    /** A record of all that the stream has left; the stream is not closed. */
    public static RecordBytes read(InputStream in) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** How many bytes there are. */
    public long size() {
        return size;
    }

    /** A new stream over the bytes; closing it is not necessary. */
    public InputStream open() {
        throw new UnsupportedOperationException();
    }

    /** Writes the bytes; the stream is neither flushed nor closed. */
    public void writeTo(OutputStream out) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * A copy as one array.
     *
     * @throws IllegalStateException if there are more bytes than an array can hold
     */
    public byte[] toArray() {
        throw new UnsupportedOperationException();
    }

    List<byte[]> chunks() {
        return chunks;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int hashCode() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return "RecordBytes[" + size + "]";
    }
}
