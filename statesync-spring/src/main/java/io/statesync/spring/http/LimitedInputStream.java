package io.statesync.spring.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts while it is read, and fails beyond a limit: what a peer may make us hold is bounded. */
final class LimitedInputStream extends FilterInputStream {

    private final long limit;
    private long count;

    LimitedInputStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            counted(1);
        }
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        counted(Math.max(read, 0));
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        counted(skipped);
        return skipped;
    }

    /** How many bytes were read. */
    long count() {
        return count;
    }

    private void counted(long bytes) throws LimitExceeded {
        count += bytes;
        if (count > limit) {
            throw new LimitExceeded();
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** There is more than allowed. */
    static final class LimitExceeded extends IOException {

        private static final long serialVersionUID = 1L;
    }
}
