package io.statesync.persistence;

import java.io.InputStream;
import java.io.OutputStream;

/** {@link Compression#NONE}. */
final class NoCompression implements Compression {

    @Override
    public int id() {
        return 0;
    }

    @Override
    public String name() {
        return "none";
    }

    @Override
    public OutputStream compress(OutputStream out) {
        return out;
    }

    @Override
    public InputStream decompress(InputStream in) {
        return in;
    }
}
