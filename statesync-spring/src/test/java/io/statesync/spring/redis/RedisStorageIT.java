package io.statesync.spring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import io.statesync.persistence.SnapshotStorage;
import io.statesync.test.PersistenceEventContract;
import io.statesync.test.PersistenceRecordContract;
import io.statesync.test.SnapshotPersistenceContract;
import io.statesync.test.SnapshotStorageContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

class RedisStorageIT {

    private static final RecordVersion SEVEN = new RecordVersion(new Revision(7), 1);
    private static final RecordBytes RECORD = RecordBytes.of("seven".getBytes(StandardCharsets.UTF_8));

    private static RedisServer server;

    private final List<LettuceConnectionFactory> factories = new ArrayList<>();

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
    }

    @AfterEach
    void closeFactories() {
        factories.forEach(LettuceConnectionFactory::destroy);
    }

    private LettuceConnectionFactory factory() {
        LettuceConnectionFactory factory = server.factory();
        factories.add(factory);
        return factory;
    }

    private SnapshotStorage storage() {
        return new RedisSnapshotStorage(factory(), RedisKeys.DEFAULT);
    }

    /** For records that take a busy machine longer than a second. */
    private SnapshotStorage patientStorage() {
        LettuceConnectionFactory factory = RedisServer.patientFactory(server.port());
        factories.add(factory);
        return new RedisSnapshotStorage(factory, RedisKeys.DEFAULT);
    }

    @Test
    void aRecordSurvivesACrashOfTheServerThatWritesAtOnce() throws Exception {
        SnapshotStorage storage = storage();
        storage.save("rates", SEVEN, RECORD);

        server.kill();
        assertThatThrownBy(() -> storage.load("rates"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("read the record of topic \"rates\"");
        server.start();

        assertThat(storage().load("rates")).contains(RECORD);
    }

    @Test
    void aServerThatForgotTheScriptsIsTold() throws Exception {
        SnapshotStorage storage = storage();
        storage.save("rates", SEVEN, RECORD);

        server.answer("SCRIPT FLUSH");

        assertThat(storage.save("rates", SEVEN, RECORD)).isFalse();
        assertThat(storage.setAside("rates", RECORD)).isEqualTo("key statesync:record:rates, field \"aside\"");
        assertThat(new StringRedisTemplate(factory()).opsForHash().entries("statesync:record:rates"))
                .hasToString("{aside=seven}");
    }

    @Nested
    class Storage extends SnapshotStorageContract {

        @Override
        protected SnapshotStorage open() {
            return patientStorage();
        }

        @Override
        protected int rounds() {
            return 25;
        }
    }

    @Nested
    class Persistence extends SnapshotPersistenceContract {

        @Override
        protected SnapshotStorage storage() {
            return RedisStorageIT.this.storage();
        }
    }

    @Nested
    class Events extends PersistenceEventContract {

        @Override
        protected SnapshotStorage storage() {
            return RedisStorageIT.this.storage();
        }
    }

    @Nested
    class Records extends PersistenceRecordContract {

        @Override
        protected SnapshotStorage storage() {
            return RedisStorageIT.this.storage();
        }
    }
}
