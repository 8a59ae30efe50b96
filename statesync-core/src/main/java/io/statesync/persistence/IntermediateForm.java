package io.statesync.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * How data is written, and a form of it that does not depend on the application's current types, such as a JSON tree: what
 * migrations work on. Called like a {@link VersionedCodec}.
 *
 * @param <D> the form that migrations work on
 * @param <T> the type of the data
 */
public interface IntermediateForm<D, T> {

    /** Writes the data in the current schema; null is a value. Neither flushes nor closes the stream. */
    void encode(@Nullable T data, OutputStream out) throws IOException;

    /** Reads what any version wrote, without converting it. */
    D read(InputStream in) throws Exception;

    /** Converts what is in the current schema. */
    @Nullable
    T convert(D current) throws Exception;

    /** Reads what is in the current schema; overridden where that needs no intermediate form, which saves memory. */
    default @Nullable T decode(InputStream in) throws Exception {
        return convert(read(in));
    }
}
