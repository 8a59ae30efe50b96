package io.statesync.spring.redis;

import io.statesync.Topic;
import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import io.statesync.persistence.SnapshotStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;

/**
 * Keeps persisted snapshots in Redis, one hash per topic, for all instances of an application together: {@code record} and
 * its {@code version}, and as {@code aside} the newest record that could not be used. What survives a crash of the server is
 * what the server is configured for. Safe for use by any thread and by several processes.
 */
public final class RedisSnapshotStorage implements SnapshotStorage {

    private static final int LONGEST_REVISION = 20;
    private static final int LONGEST_SCHEMA = 10;

    private final Requests requests;
    private final RedisKeys keys;

    /** @param connections says how long a question may take */
    public RedisSnapshotStorage(RedisConnectionFactory connections, RedisKeys keys) {
        this.requests = new Requests(connections);
        this.keys = keys;
    }

    @Override
    public Optional<RecordBytes> load(String topic) throws IOException {
        byte[] key = keys.record(topic);
        byte[] record = told(() -> requests.ask(
                task("read", topic), connection -> connection.hashCommands().hGet(key, RedisScript.RECORD)));
        return Optional.ofNullable(record).map(RecordBytes::of);
    }

    @Override
    public boolean save(String topic, RecordVersion version, RecordBytes record) throws IOException {
        Long saved = told(() -> requests.run(
                task("write", topic),
                RedisScript.SAVE_RECORD,
                ReturnType.INTEGER,
                keys.record(topic),
                comparable(version),
                record.toArray()));
        return saved != null && saved > 0;
    }

    /** {@inheritDoc} The topic's record that was set aside before, if there was one, is overwritten. */
    @Override
    public String setAside(String topic, RecordBytes unreadable) throws IOException {
        told(() -> requests.run(
                task("set aside", topic),
                RedisScript.SET_RECORD_ASIDE,
                ReturnType.INTEGER,
                keys.record(topic),
                unreadable.toArray()));
        return "key " + keys.ofRecord(topic) + ", field \"aside\"";
    }

    /* Text of one length, whose order is that of the versions: the numbers of Lua are exact to 2^53 only. */
    private static byte[] comparable(RecordVersion version) {
        String text = padded(version.revision().toString(), LONGEST_REVISION) + "."
                + padded(Integer.toString(version.schema()), LONGEST_SCHEMA);
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String padded(String digits, int length) {
        return "0".repeat(length - digits.length()) + digits;
    }

    private static String task(String what, String topic) {
        return what + " the record of topic \"" + Topic.requireValid(topic) + "\"";
    }

    private static <T> @Nullable T told(Question<T> question) throws IOException {
        try {
            return question.ask();
        } catch (DataAccessException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private interface Question<T> {
        @Nullable
        T ask();
    }
}
