package io.statesync.spring.redis;

import io.statesync.Revision;
import io.statesync.source.RevisionCounter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;

/**
 * Counts revisions in Redis, for all instances of a source: one script reads, computes and writes, so that no two writers
 * ever issue the same (P7). All revisions of the protocol fit; after the largest none is issued. It takes part in no
 * transaction. Safe for use by any thread.
 */
public final class RedisRevisionCounter implements RevisionCounter {

    /** How many questions are on their way at once. */
    private static final int TOPICS_PER_PIPELINE = 1_000;

    private static final byte[] REVISION = "revision".getBytes(StandardCharsets.US_ASCII);

    private final Requests requests;
    private final RedisKeys keys;
    private final Supplier<String> floor;

    private RedisRevisionCounter(RedisConnectionFactory connections, RedisKeys keys, Supplier<String> floor) {
        this.requests = new Requests(connections);
        this.keys = keys;
        this.floor = floor;
    }

    /**
     * {@code max(previous + 1, epochMillis << 20)} by the server's clock, which is the same for all instances: a server that
     * was emptied, or restored from an older backup, issues newer numbers.
     */
    public static RedisRevisionCounter hybrid(RedisConnectionFactory connections, RedisKeys keys) {
        return new RedisRevisionCounter(connections, keys, () -> "");
    }

    /** {@link #hybrid(RedisConnectionFactory, RedisKeys)} with another wall clock. */
    public static RedisRevisionCounter hybrid(RedisConnectionFactory connections, RedisKeys keys, InstantSource clock) {
        return new RedisRevisionCounter(connections, keys, () -> Long.toUnsignedString(clock.millis() << 20));
    }

    /** Counts from 1. A server that was emptied issues numbers that replicas have seen. */
    public static RedisRevisionCounter sequential(RedisConnectionFactory connections, RedisKeys keys) {
        return new RedisRevisionCounter(connections, keys, () -> "1");
    }

    /**
     * Issues a revision; it is there for others when this returns.
     *
     * @throws org.springframework.dao.DataAccessException if the server does not do it
     */
    @Override
    public Revision next(String topic) {
        byte[] issued = requests.run(
                "issue a revision of topic \"" + topic + "\"",
                RedisScript.NEXT,
                ReturnType.VALUE,
                keys.bytes(topic),
                floor.get().getBytes(StandardCharsets.US_ASCII));
        return issued(topic, issued);
    }

    /** A pipeline for each 1,000 topics; in a cluster each node is asked for its own. */
    @Override
    public Map<String, Revision> current(Collection<String> topics) {
        List<String> asked = new ArrayList<>(new LinkedHashSet<>(topics));
        Map<String, Revision> found = new HashMap<>();
        for (int from = 0; from < asked.size(); from += TOPICS_PER_PIPELINE) {
            read(asked.subList(from, Math.min(asked.size(), from + TOPICS_PER_PIPELINE)), found);
        }
        return found;
    }

    private void read(List<String> topics, Map<String, Revision> found) {
        List<Object> answers = requests.ask("read the revisions of " + topics.size() + " topics", connection -> {
            connection.openPipeline();
            topics.forEach(topic -> ask(connection, topic));
            return connection.closePipeline();
        });
        for (int i = 0; i < topics.size(); i++) {
            if (answers.get(i) instanceof byte[] revision) {
                found.put(topics.get(i), parsed(revision));
            }
        }
    }

    private void ask(RedisConnection connection, String topic) {
        connection.hashCommands().hGet(keys.bytes(topic), REVISION);
    }

    /** The answer of a script that issues; a number that is none of the protocol's is refused (P1). */
    static Revision issued(String topic, byte @Nullable [] answer) {
        if (answer == null) {
            throw new IllegalStateException("topic \"" + topic + "\" has used up its revisions: " + Revision.MAX
                    + " is the largest one and has no successor");
        }
        return parsed(answer);
    }

    /** Reads a field. */
    static Revision parsed(byte[] field) {
        return Revision.parse(new String(field, StandardCharsets.UTF_8));
    }
}
