package io.statesync.spring.http;

import java.io.ByteArrayInputStream;

/** A body that knows how much of it was taken. */
final class CountedBody extends ByteArrayInputStream {

    private long count;

    CountedBody(byte[] bytes) {
        super(bytes);
    }

    long count() {
        return count;
    }

    @Override
    public synchronized int read() {
        count++;
        return super.read();
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
        int read = super.read(into, offset, length);
        count += Math.max(read, 0);
        return read;
    }
}
