package io.statesync.mutation.jdbc;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads what {@link FrameWriter} wrote. Not thread-safe. */
final class FrameReader {

    private final ByteBuffer in;
    private final int version;

    /** @throws DamagedRecordException if the bytes are not those that were written, or written by a newer version */
    FrameReader(String what, byte @Nullable [] frame, int newestVersion) throws DamagedRecordException {
        if (frame == null || frame.length < 1 + Integer.BYTES) {
            throw new DamagedRecordException(what + " is " + (frame == null ? "missing" : "cut off"));
        }
        int end = frame.length - Integer.BYTES;
        CRC32C checksum = new CRC32C();
        checksum.update(frame, 0, end);
        if ((int) checksum.getValue() != ByteBuffer.wrap(frame).getInt(end)) {
            throw new DamagedRecordException(what + " was changed: its checksum does not match");
        }
        in = ByteBuffer.wrap(frame, 0, end);
        version = in.get();
        if (version < 1 || version > newestVersion) {
            throw new DamagedRecordException(
                    what + " has format " + version + ", and this version reads 1 to " + newestVersion);
        }
    }

    int version() {
        return version;
    }

    int number() {
        return in.getInt();
    }

    long large() {
        return in.getLong();
    }

    boolean flag() {
        return in.get() != 0;
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        int length = number();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    Instant moment() {
        long second = large();
        return Instant.ofEpochSecond(second, number());
    }

    <T> @Nullable T optional(Supplier<T> field) {
        return flag() ? field.get() : null;
    }

    <T> List<T> each(Supplier<T> field) {
        int size = number();
        List<T> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(field.get());
        }
        return all;
    }

    <V> Map<String, V> map(Supplier<V> value) {
        int size = number();
        Map<String, V> all = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String key = text();
            all.put(key, value.get());
        }
        return all;
    }
}
