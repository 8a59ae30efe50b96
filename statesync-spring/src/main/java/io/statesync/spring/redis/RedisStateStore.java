package io.statesync.spring.redis;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.spring.Announcer;
import io.statesync.spring.ChangeObserver;
import io.statesync.spring.json.SnapshotCodec;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;

/**
 * Keeps topics in Redis, for replicas that read them there: one script stores the data, issues the revision and publishes
 * the invalidation (P6). All of it has happened, or nothing, whatever becomes of this process. Large data are sent before
 * it, to where nobody reads them yet; what a process leaves there that dies goes with the next change. It takes part in no
 * transaction: call it after the commit. Safe for use by any thread.
 */
public final class RedisStateStore {

    /** The server's own clock. */
    private static final byte[] FLOOR = {};

    /** The field of data that are not large, which is written again and again. */
    static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);

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
        Revision revision = RedisRevisionCounter.issued(event.topic(), write(key, stored, event));
        announcer.announceElsewhere(
                new InvalidationEvent(
                        event.topic(), revision, event.sourceId(), event.timestampMs(), event.traceparent()),
                RedisPublisher.class::isInstance);
        return revision;
    }

    /* Large data go beside those of the topic; the script, which is slow with them, then only says that they are the ones. */
    private byte @Nullable [] write(byte[] key, StoredData stored, InvalidationEvent event) {
        String task = "write the snapshot of topic \"" + event.topic() + "\"";
        EventTemplate template = EventTemplate.of(event);
        if (stored.isLarge()) {
            byte[] field = ("data:" + UUID.randomUUID()).getBytes(StandardCharsets.US_ASCII);
            requests.ask(task, connection -> connection.hashCommands().hSet(key, field, stored.bytes()));
            byte[] issued =
                    requests.run(task, RedisScript.PUT, ReturnType.VALUE, arguments(key, field, stored, template));
            if (issued == null || issued.length > 0) {
                return issued;
            }
            // another writer was quicker, and took them for those of one that has died
        }
        return requests.run(
                task, RedisScript.PUT, ReturnType.VALUE, arguments(key, DATA, stored, template, stored.bytes()));
    }

    private byte[][] arguments(byte[] key, byte[] field, StoredData stored, EventTemplate template, byte[]... data) {
        return Stream.concat(
                        Stream.of(
                                key,
                                FLOOR,
                                field,
                                stored.form(),
                                channel.bytes(),
                                template.before().getBytes(StandardCharsets.UTF_8),
                                template.after().getBytes(StandardCharsets.UTF_8)),
                        Stream.of(data))
                .toArray(byte[][]::new);
    }
}
