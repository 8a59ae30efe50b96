package io.statesync.spring.redis;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.spring.json.SnapshotCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.data.redis.connection.ReturnType;

/** One topic: one script reads label and data, so that no write can come between them (P6). */
record RedisSnapshotProvider<T>(
        Requests requests, RedisKeys keys, SnapshotCodec codec, String topic, Type type, long maxSnapshotSize)
        implements ConditionalSnapshotProvider<T> {

    private static final String NOTHING_KNOWN = "";

    @Override
    public SnapshotEnvelope<T> getSnapshot() throws IOException {
        List<?> answer = read(NOTHING_KNOWN);
        if (answer.isEmpty()) {
            throw new IllegalStateException("Redis has no data of topic \"" + topic + "\" at key " + keys.of(topic)
                    + ": they were never put there, or it was emptied");
        }
        return envelope(answer);
    }

    @Override
    public Optional<SnapshotEnvelope<T>> getSnapshotUnless(Revision known) throws IOException {
        List<?> answer = read(known.toString());
        if (answer.isEmpty()) {
            throw new IllegalStateException("Redis has lost the data of topic \"" + topic + "\" at key "
                    + keys.of(topic) + ", of which revision " + known
                    + " is applied here: it was emptied, or restored from a backup without them");
        }
        return answer.size() == 1 ? Optional.empty() : Optional.of(envelope(answer));
    }

    private List<?> read(String known) {
        List<?> answer = requests.run(
                "read the snapshot of topic \"" + topic + "\"",
                RedisScript.READ,
                ReturnType.MULTI,
                keys.bytes(topic),
                known.getBytes(StandardCharsets.US_ASCII),
                Long.toString(maxSnapshotSize).getBytes(StandardCharsets.US_ASCII));
        return answer == null ? List.of() : answer;
    }

    private SnapshotEnvelope<T> envelope(List<?> answer) throws IOException {
        if (!(answer.get(1) instanceof byte[] data)) {
            throw new IOException("the snapshot of topic \"" + topic + "\" at key " + keys.of(topic)
                    + " is larger than " + maxSnapshotSize + " bytes");
        }
        Revision revision = RedisRevisionCounter.parsed((byte[]) answer.get(0));
        return codec.decode(revision, new ByteArrayInputStream(data), type);
    }
}
