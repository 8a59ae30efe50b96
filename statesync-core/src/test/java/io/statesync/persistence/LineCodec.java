package io.statesync.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text as UTF-8. */
final class LineCodec implements VersionedCodec<String> {

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void encode(@Nullable String data, OutputStream out) throws IOException {
        out.write(String.valueOf(data).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String decode(InputStream in, int version) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
