package io.statesync.spring.redis;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.spring.json.SnapshotCodec;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.data.redis.connection.ReturnType;

/**
 * One topic: label and data are read in one step, so that no write can come between them (P6). A script reads them, for it
 * knows what is known and what is too large; what is large it leaves to a plain command, which does not copy it into the
 * script's language and back.
 */
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
        List<?> answer = read(known, Math.min(StoredData.LARGE, maxSnapshotSize));
        return answer.size() > 1 && answer.get(1) instanceof Long size && size <= maxSnapshotSize
                ? readLarge(known, answer)
                : answer;
    }

    /*
     * A field of its own is never written twice; if it is gone, there are newer data, or a copy of the server does not have it
     * yet. The common field may be written between two questions: it is read in one.
     */
    private List<?> readLarge(String known, List<?> seen) {
        byte[] field = (byte[]) seen.get(3);
        byte[] data = Arrays.equals(field, RedisStateStore.DATA)
                ? null
                : requests.ask(task(), connection -> connection.hashCommands().hGet(keys.bytes(topic), field));
        return data == null ? read(known, maxSnapshotSize) : Arrays.asList(seen.get(0), data, seen.get(2));
    }

    private List<?> read(String known, long largest) {
        List<?> answer = requests.run(
                task(),
                RedisScript.READ,
                ReturnType.MULTI,
                keys.bytes(topic),
                known.getBytes(StandardCharsets.US_ASCII),
                Long.toString(largest).getBytes(StandardCharsets.US_ASCII));
        return answer == null ? List.of() : answer;
    }

    private SnapshotEnvelope<T> envelope(List<?> answer) throws IOException {
        if (!(answer.get(1) instanceof byte[] data)) {
            throw new IOException("the snapshot of topic \"" + topic + "\" at key " + keys.of(topic)
                    + " is larger than " + maxSnapshotSize + " bytes");
        }
        return StoredData.of(data, (byte[]) answer.get(2)).read(revision(answer), codec, type);
    }

    private static Revision revision(List<?> answer) {
        return RedisRevisionCounter.parsed((byte[]) answer.get(0));
    }

    private String task() {
        return "read the snapshot of topic \"" + topic + "\"";
    }
}
