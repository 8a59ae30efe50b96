package io.statesync.spring.redis;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.spring.json.SnapshotCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A topic's data as they stand at the server: a {@code byte[]} as it is, everything else as JSON. Which of the two it is does
 * not change what a type reads: it reads bytes as it would read their JSON.
 *
 * @param raw whether the bytes are the data; else they are JSON
 */
record StoredData(byte[] bytes, boolean raw) {

    /** From here on a question more costs less than the copies of a script. */
    static final long LARGE = 32 * 1024;

    private static final byte[] AS_IT_IS = "bytes".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AS_JSON = "json".getBytes(StandardCharsets.US_ASCII);

    /** @throws tools.jackson.core.JacksonException if the data cannot be written as JSON */
    static StoredData of(@Nullable Object data, SnapshotCodec codec) {
        return data instanceof byte[] bytes
                ? new StoredData(bytes, true)
                : new StoredData(codec.encodeData(data), false);
    }

    /** @param form what the server says; another application may leave it out, then they are JSON */
    static StoredData of(byte[] bytes, byte @Nullable [] form) {
        return new StoredData(bytes, Arrays.equals(form, AS_IT_IS));
    }

    boolean isLarge() {
        return bytes.length > LARGE;
    }

    byte[] form() {
        return raw ? AS_IT_IS : AS_JSON;
    }

    /** @throws io.statesync.ProtocolException if they do not fit the type */
    @SuppressWarnings("unchecked") // the type says that T is byte[]
    <T> SnapshotEnvelope<T> read(Revision revision, SnapshotCodec codec, Type type) throws IOException {
        if (!raw) {
            return codec.decode(revision, new ByteArrayInputStream(bytes), type);
        }
        return type == byte[].class
                ? new SnapshotEnvelope<>(revision, (T) bytes)
                : codec.decode(revision, new ByteArrayInputStream(codec.encodeData(bytes)), type);
    }
}
