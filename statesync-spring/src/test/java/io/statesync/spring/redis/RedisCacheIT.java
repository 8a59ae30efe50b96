package io.statesync.spring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.spring.state.CacheApplier;
import io.statesync.state.EntryMapping;
import io.statesync.test.StateAdapterContract;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A topic in a Spring cache that is in a real Redis. */
class RedisCacheIT extends StateAdapterContract {

    private static RedisServer server;

    private LettuceConnectionFactory factory;
    private Cache cache;

    @BeforeAll
    static void start() throws Exception {
        server = new RedisServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void empty() throws Exception {
        server.answer("FLUSHALL");
        factory = server.factory();
        factory.afterPropertiesSet();
        factory.start();
        cache = cache();
    }

    /* Writes are awaited: by default Spring Data leaves them to the connection. */
    private Cache cache() {
        RedisCacheWriter writer =
                RedisCacheWriter.create(factory, RedisCacheWriter.RedisCacheWriterConfigurer::immediateWrites);
        return RedisCacheManager.builder(writer).build().getCache("prices");
    }

    @AfterEach
    void close() {
        factory.destroy();
    }

    @Override
    protected SnapshotApplier<Object> adapter(
            Map<String, Object> elsewhere, EntryMapping<Object, String, Object> mapping) {
        cache.clear();
        elsewhere.forEach(cache::put);
        return CacheApplier.replacing(cache, mapping);
    }

    @Override
    protected Function<String, @Nullable Object> reader() {
        return key -> cache.get(key, Object.class);
    }

    @Test
    void whatAFormerProcessLeftIsGoneAndAnotherInstanceSeesWhatThisOneWrote() throws Exception {
        cache.put("old", 1);
        CacheApplier<Map<String, Integer>> applier = CacheApplier.replacing(cache);

        applier.apply(new SnapshotEnvelope<>(new Revision(1), Map.of("a", 1)));

        Cache others = cache();
        assertThat(others.get("old")).isNull();
        assertThat(others.get("a", Integer.class)).isEqualTo(1);
    }

    @Test
    void whileRedisIsAwayTheApplyFailsAndTheNextOneRepairs() throws Exception {
        CacheApplier<Map<String, Integer>> applier = CacheApplier.replacing(cache);
        applier.apply(new SnapshotEnvelope<>(new Revision(1), Map.of("a", 1, "b", 2)));

        server.kill();
        try {
            assertThatThrownBy(() -> applier.apply(new SnapshotEnvelope<>(new Revision(2), Map.of("b", 3, "c", 4))));
        } finally {
            server.start();
        }

        await().ignoreExceptions().untilAsserted(() -> {
            applier.apply(new SnapshotEnvelope<>(new Revision(2), Map.of("b", 3, "c", 4)));
            assertThat(cache.get("a")).isNull();
            assertThat(cache.get("b", Integer.class)).isEqualTo(3);
            assertThat(cache.get("c", Integer.class)).isEqualTo(4);
        });
    }
}
