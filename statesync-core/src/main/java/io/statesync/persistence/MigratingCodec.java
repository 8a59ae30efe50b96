package io.statesync.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** {@link VersionedCodec#migrating}. */
record MigratingCodec<D, T>(Migrations<D> migrations, IntermediateForm<D, T> form) implements VersionedCodec<T> {

    @Override
    public int version() {
        return migrations.version();
    }

    @Override
    public void encode(@Nullable T data, OutputStream out) throws IOException {
        form.encode(data, out);
    }

    @Override
    public @Nullable T decode(InputStream in, int version) throws Exception {
        if (version == migrations.version() && !migrations.validates()) {
            return form.decode(in);
        }
        return form.convert(migrations.migrate(form.read(in), version).orElseThrow());
    }
}
