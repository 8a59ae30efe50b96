package io.statesync.spring.redis;

import io.statesync.Revision;
import io.statesync.SnapshotProvider;
import io.statesync.spring.SnapshotSource;
import io.statesync.spring.json.SnapshotCodec;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Reads topics that a {@link RedisStateStore} writes: revision and data in one step of the server. Safe for use by any
 * thread.
 */
public final class RedisSnapshotSource implements SnapshotSource {

    private final Requests requests;
    private final RedisRevisionCounter revisions;
    private final RedisKeys keys;
    private final SnapshotCodec codec;
    private final long maxSnapshotSize;

    /**
     * @param connections says how long a question may take
     * @param maxSnapshotSize the largest data that is accepted, in bytes; larger ones stay at the server
     */
    public RedisSnapshotSource(
            RedisConnectionFactory connections, RedisKeys keys, SnapshotCodec codec, long maxSnapshotSize) {
        this.requests = new Requests(connections);
        this.revisions = RedisRevisionCounter.hybrid(connections, keys);
        this.keys = keys;
        this.codec = codec;
        this.maxSnapshotSize = maxSnapshotSize;
    }

    @Override
    public SnapshotProvider<?> provider(String topic, Type type) {
        return new RedisSnapshotProvider<>(requests, keys, codec, topic, type, maxSnapshotSize);
    }

    /**
     * A topic that the server does not have is at 0: so a server that was emptied is seen as one that went back, and asked
     * for a snapshot, which says so.
     */
    @Override
    public Map<String, Revision> current(Collection<String> topics) {
        Map<String, Revision> current = new HashMap<>(revisions.current(topics));
        topics.forEach(topic -> current.putIfAbsent(topic, Revision.ZERO));
        return current;
    }
}
