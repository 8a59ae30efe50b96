package io.statesync.spring.redis;

import io.statesync.InvalidationPublisher;
import io.statesync.policy.Scheduler;
import io.statesync.spring.Announcer;
import io.statesync.spring.ChangeObserver;
import io.statesync.spring.json.SnapshotCodec;
import java.util.stream.Stream;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import tools.jackson.databind.json.JsonMapper;

/** A store as the starter wires it. */
final class TestStore {

    private TestStore() {}

    static RedisStateStore on(RedisConnectionFactory connections, InvalidationPublisher... publishers) {
        return new RedisStateStore(
                connections,
                RedisKeys.DEFAULT,
                RedisChannel.DEFAULT,
                new SnapshotCodec(JsonMapper.shared()),
                new Announcer("test", Stream.of(publishers), Scheduler.system(), Runnable::run),
                ChangeObserver.NONE);
    }
}
