package io.statesync.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** {@link Compression#GZIP}. */
final class GzipCompression implements Compression {

    private static final int BUFFER = 8 * 1024;

    @Override
    public int id() {
        return 1;
    }

    @Override
    public String name() {
        return "gzip";
    }

    @Override
    public OutputStream compress(OutputStream out) throws IOException {
        return new GZIPOutputStream(out, BUFFER);
    }

    @Override
    public InputStream decompress(InputStream in) throws IOException {
        return new GZIPInputStream(in, BUFFER);
    }
}
