package io.statesync.benchmarks;

import bench.spi.Env;
import bench.spi.Propagation;
import io.statesync.RevisionSync;
import io.statesync.SnapshotProvider;
import io.statesync.policy.Scheduler;
import io.statesync.spring.Announcer;
import io.statesync.spring.ChangeObserver;
import io.statesync.spring.json.SnapshotCodec;
import io.statesync.spring.redis.RedisChannel;
import io.statesync.spring.redis.RedisKeys;
import io.statesync.spring.redis.RedisSnapshotSource;
import io.statesync.spring.redis.RedisStateStore;
import io.statesync.spring.redis.RedisTransport;
import io.statesync.state.SyncedState;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * B2: what {@code counter: redis}, {@code events: redis} and {@code snapshots: redis} set up. The store writes data, revision
 * and announcement in one step; the replica hears of it and reads. The value is a {@code byte[]}, as that of its peers.
 */
@SuppressWarnings("NullAway.Init") // by start, which comes first
final class OverRedis implements Propagation {

    private static final String TOPIC = "payload";
    private static final long LARGEST = 64 << 20;

    private final SnapshotCodec codec = new SnapshotCodec(JsonMapper.shared());
    private final SyncedState<byte[]> state = SyncedState.create();
    private LettuceConnectionFactory writer;
    private LettuceConnectionFactory reader;
    private RedisStateStore store;
    private RedisTransport transport;
    private RevisionSync<byte[]> sync;

    @Override
    @SuppressWarnings("unchecked") // the provider reads what the type says
    public void start(Env env, byte[] initial) throws Exception {
        writer = connect(env.redis());
        reader = connect(env.redis());
        Announcer nobodyElse = new Announcer("benchmark", Stream.empty(), Scheduler.system(), Runnable::run);
        store = new RedisStateStore(
                writer, RedisKeys.DEFAULT, RedisChannel.DEFAULT, codec, nobodyElse, ChangeObserver.NONE);
        publish(initial);
        transport = RedisTransport.on(reader).build();
        RedisSnapshotSource snapshots = new RedisSnapshotSource(reader, RedisKeys.DEFAULT, codec, LARGEST);
        sync = RevisionSync.forTopic(TOPIC)
                .subscriber(transport)
                .provider((SnapshotProvider<byte[]>) snapshots.provider(TOPIC, byte[].class))
                .applier(state)
                .build();
        sync.start();
    }

    private static LettuceConnectionFactory connect(String address) {
        int colon = address.indexOf(':');
        LettuceConnectionFactory factory = new LettuceConnectionFactory(
                new RedisStandaloneConfiguration(
                        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                LettuceClientConfiguration.builder()
                        .commandTimeout(Duration.ofSeconds(10))
                        .shutdownTimeout(Duration.ZERO)
                        .build());
        factory.afterPropertiesSet();
        factory.start();
        return factory;
    }

    @Override
    public void publish(byte[] payload) {
        store.put(TOPIC, payload).join();
    }

    @Override
    public byte[] readAtB() {
        return state.get();
    }

    @Override
    public void close() {
        sync.close();
        transport.close();
        reader.destroy();
        writer.destroy();
    }
}
