package io.statesync.mutation.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Writes a record: its format's version, its fields, a checksum over all of it. Not thread-safe. */
final class FrameWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final DataOutputStream out = new DataOutputStream(bytes);

    FrameWriter(int version) {
        write(to -> to.writeByte(version));
    }

    FrameWriter number(int value) {
        return write(to -> to.writeInt(value));
    }

    FrameWriter number(long value) {
        return write(to -> to.writeLong(value));
    }

    FrameWriter flag(boolean value) {
        return write(to -> to.writeBoolean(value));
    }

    FrameWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    FrameWriter bytes(byte[] value) {
        return write(to -> {
            to.writeInt(value.length);
            to.write(value);
        });
    }

    FrameWriter moment(Instant value) {
        return number(value.getEpochSecond()).number(value.getNano());
    }

    <T> FrameWriter optional(@Nullable T value, Consumer<T> field) {
        flag(value != null);
        if (value != null) {
            field.accept(value);
        }
        return this;
    }

    <T> FrameWriter each(Collection<T> values, Consumer<T> field) {
        number(values.size());
        values.forEach(field);
        return this;
    }

    <V> FrameWriter each(Map<String, V> values, BiConsumer<String, V> field) {
        number(values.size());
        values.forEach(field);
        return this;
    }

    /** The record. Nothing can be added after this. */
    byte[] seal() {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.toByteArray());
        number((int) checksum.getValue());
        return bytes.toByteArray();
    }

    private FrameWriter write(Field field) {
        try {
            field.writeTo(out);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
    }

    private interface Field {
        void writeTo(DataOutputStream to) throws IOException;
    }
}
