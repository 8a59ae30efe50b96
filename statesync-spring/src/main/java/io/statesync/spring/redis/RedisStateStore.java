package io.statesync.spring.redis;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.spring.Announcer;
import io.statesync.spring.ChangeObserver;
import io.statesync.spring.json.SnapshotCodec;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;

/**
 * Keeps topics in Redis, for replicas that read them there: one script stores the data, issues the revision and publishes
 * the invalidation (P6). All of it has happened, or nothing, whatever becomes of this process. It takes part in no
 * transaction: call it after the commit. Safe for use by any thread.
 */
public final class RedisStateStore {

    /** The server's own clock. */
    private static final byte[] FLOOR = {};

    private final Requests requests;
    private final RedisKeys keys;
    private final RedisChannel channel;
    private final SnapshotCodec codec;
    private final Announcer announcer;
    private final ChangeObserver observer;
    private final InstantSource clock = InstantSource.system();

    /**
     * @param announcer announces besides, to everybody but a {@link RedisPublisher}
     * @param observer what stands between a change and its announcement
     */
    public RedisStateStore(
            RedisConnectionFactory connections,
            RedisKeys keys,
            RedisChannel channel,
            SnapshotCodec codec,
            Announcer announcer,
            ChangeObserver observer) {
        this.requests = new Requests(connections);
        this.keys = keys;
        this.channel = channel;
        this.codec = codec;
        this.announcer = announcer;
        this.observer = observer;
    }

    /**
     * Replaces a topic's data, and announces it.
     *
     * @param data what replicas read: a {@code byte[]} as it is, anything else as JSON by the application's mapper
     * @return the revision: there when this returns
     * @throws IllegalStateException if the largest revision was issued: it has no successor
     * @throws org.springframework.dao.DataAccessException if the server does not do it, or does not answer: then it may have
     *     done it
     * @throws tools.jackson.core.JacksonException if the data cannot be written as JSON
     */
    public CompletableFuture<Revision> put(String topic, @Nullable Object data) {
        byte[] key = keys.bytes(topic);
        StoredData stored = StoredData.of(data, codec);
        CompletableFuture<Revision> put = new CompletableFuture<>();
        // the server fills the revision in
        InvalidationEvent unlabelled =
                new InvalidationEvent(topic, Revision.ZERO, announcer.sourceId(), clock.millis(), null);
        observer.announce(unlabelled, traced -> put.complete(put(key, stored, traced)));
        return put;
    }

    private Revision put(byte[] key, StoredData stored, InvalidationEvent event) {
        EventTemplate template = EventTemplate.of(event);
        byte[] issued = requests.run(
                "write the snapshot of topic \"" + event.topic() + "\"",
                RedisScript.PUT,
                ReturnType.VALUE,
                key,
                FLOOR,
                stored.bytes(),
                stored.form(),
                channel.bytes(),
                template.before().getBytes(StandardCharsets.UTF_8),
                template.after().getBytes(StandardCharsets.UTF_8));
        Revision revision = RedisRevisionCounter.issued(event.topic(), issued);
        announcer.announceElsewhere(
                new InvalidationEvent(
                        event.topic(), revision, event.sourceId(), event.timestampMs(), event.traceparent()),
                RedisPublisher.class::isInstance);
        return revision;
    }
}
