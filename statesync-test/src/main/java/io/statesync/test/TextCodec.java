package io.statesync.test;

import io.statesync.persistence.IntermediateForm;
import io.statesync.persistence.Migrations;
import io.statesync.persistence.VersionedCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text as UTF-8, for tests; each step of a migration to version n adds {@code "+n"}. An empty payload is null. */
public final class TextCodec implements IntermediateForm<String, String> {

    private TextCodec() {}

    /** A codec at this schema version, with a step from each version below. */
    public static VersionedCodec<String> at(int version) {
        Migrations.Builder<String> migrations = Migrations.to(version);
        for (int from = 0; from < version; from++) {
            int next = from + 1;
            migrations.step(from, text -> text + "+" + next);
        }
        return VersionedCodec.migrating(migrations.build(), new TextCodec());
    }

    @Override
    public void encode(@Nullable String data, OutputStream out) throws IOException {
        if (data != null) {
            out.write(data.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public String read(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public @Nullable String convert(String current) {
        return current.isEmpty() ? null : current;
    }
}
