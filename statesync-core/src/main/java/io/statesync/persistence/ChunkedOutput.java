package io.statesync.persistence;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Collects bytes in chunks that are never copied, except for the last one, which is cut to its length at the end. */
final class ChunkedOutput extends OutputStream {

    private static final int FIRST = 512;
    /* Small enough not to count as a huge object in any collector. */
    private static final int LARGEST = 64 * 1024;

    private final List<byte[]> full = new ArrayList<>();
    private byte[] current = new byte[FIRST];
    private int used;
    private long size;

    @Override
    public void write(int b) {
        if (used == current.length) {
            next();
        }
        current[used++] = (byte) b;
        size++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        for (int done = 0; done < length; ) {
            if (used == current.length) {
                next();
            }
            int part = Math.min(length - done, current.length - used);
            System.arraycopy(bytes, offset + done, current, used, part);
            used += part;
            done += part;
        }
        size += length;
    }

    private void next() {
        full.add(current);
        current = new byte[Math.min(LARGEST, current.length * 2)];
        used = 0;
    }

    long size() {
        return size;
    }

    /** All that was written, after these bytes; ends the output. */
    RecordBytes after(byte[] head) {
        List<byte[]> chunks = new ArrayList<>(full.size() + 2);
        chunks.add(head);
        chunks.addAll(full);
        chunks.add(Arrays.copyOf(current, used));
        return new RecordBytes(chunks, head.length + size);
    }
}
