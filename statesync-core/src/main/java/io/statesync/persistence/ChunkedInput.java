package io.statesync.persistence;

import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** Reads chunks one after the other. Not safe for use by several threads. */
final class ChunkedInput extends InputStream {

    private static final byte[] NONE = {};

    private final Iterator<byte[]> chunks;
    private byte[] current = NONE;
    private int read;

    ChunkedInput(List<byte[]> chunks) {
        this.chunks = chunks.iterator();
    }

    @Override
    public int read() {
        return atEnd() ? -1 : current[read++] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (atEnd()) {
            return -1;
        }
        int part = Math.min(length, current.length - read);
        System.arraycopy(current, read, into, offset, part);
        read += part;
        return part;
    }

    @Override
    public int available() {
        return current.length - read;
    }

    private boolean atEnd() {
        while (read == current.length) {
            if (!chunks.hasNext()) {
                return true;
            }
            current = chunks.next();
            read = 0;
        }
        return false;
    }
}
