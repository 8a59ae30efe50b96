package io.statesync.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a topic's data into bytes and back, also what former versions of the application wrote. Called on the threads of
 * the persistence, by several at once for different snapshots, never under a lock.
 *
 * @param <T> the type of the data
 */
public interface VersionedCodec<T> {

    /** The schema version that {@link #encode} writes, 0 or larger and below {@link RecordVersion#TOMBSTONE}; constant. */
    int version();

    /**
     * Writes the data; null is a value. The stream takes small writes well and is neither flushed nor closed.
     *
     * @throws IOException if the data cannot be written, by any exception; the same data is not tried again then
     */
    void encode(@Nullable T data, OutputStream out) throws IOException;

    /**
     * Reads what {@link #encode} wrote at this version, migrated up to {@link #version()}.
     *
     * @param version never above {@link #version()}: such a record is refused before
     * @throws FutureSchemaException if the version is not known yet: the record is kept in its place
     * @throws Exception if the bytes cannot be read: the record is set aside
     */
    @Nullable
    T decode(InputStream in, int version) throws Exception;

    /** A codec that reads older versions by way of a form that migrations understand. */
    static <D, T> VersionedCodec<T> migrating(Migrations<D> migrations, IntermediateForm<D, T> form) {
        return new MigratingCodec<>(migrations, form);
    }
}
