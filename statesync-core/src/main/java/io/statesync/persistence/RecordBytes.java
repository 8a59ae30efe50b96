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
        ChunkedOutput out = new ChunkedOutput();
        in.transferTo(out);
        return out.after(new byte[0]);
    }

    /** How many bytes there are. */
    public long size() {
        return size;
    }

    /** A new stream over the bytes; closing it is not necessary. */
    public InputStream open() {
        return new ChunkedInput(chunks);
    }

    /** Writes the bytes; the stream is neither flushed nor closed. */
    public void writeTo(OutputStream out) throws IOException {
        for (byte[] chunk : chunks) {
            out.write(chunk);
        }
    }

    /**
     * A copy as one array.
     *
     * @throws IllegalStateException if there are more bytes than an array can hold
     */
    public byte[] toArray() {
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("a record of " + size + " bytes does not fit into one array");
        }
        byte[] all = new byte[(int) size];
        int at = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, all, at, chunk.length);
            at += chunk.length;
        }
        return all;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof RecordBytes record) || record.size != size) {
            return false;
        }
        ChunkedInput mine = new ChunkedInput(chunks);
        ChunkedInput theirs = new ChunkedInput(record.chunks);
        int b = mine.read();
        while (b >= 0 && b == theirs.read()) {
            b = mine.read();
        }
        return b < 0;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (byte[] chunk : chunks) {
            for (byte b : chunk) {
                hash = 31 * hash + b;
            }
        }
        return hash;
    }

    @Override
    public String toString() {
        return "RecordBytes[" + size + "]";
    }
}
