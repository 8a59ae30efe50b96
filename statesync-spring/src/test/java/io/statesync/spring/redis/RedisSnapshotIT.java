package io.statesync.spring.redis;

import io.statesync.Revision;
import io.statesync.SnapshotProvider;
import io.statesync.spring.json.SnapshotCodec;
import io.statesync.test.ProviderFault;
import io.statesync.test.SnapshotProviderContract;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.json.JsonMapper;

/** SP-01 to SP-04 on hashes that the store writes. */
class RedisSnapshotIT extends SnapshotProviderContract {

    private static final String TOPIC = "greeting";
    private static final String KEY = RedisKeys.DEFAULT.of(TOPIC);

    private static RedisServer server;

    private final List<LettuceConnectionFactory> factories = new ArrayList<>();
    private LettuceConnectionFactory factory;

    @BeforeAll
    static void start() throws Exception {
        server = new RedisServer();
        server.answer("ACL SETUSER guest on >secret +@all ~elsewhere");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void empty() throws Exception {
        server.answer("FLUSHALL");
        factory = server.factory();
        factories.add(factory);
    }

    @AfterEach
    void closeFactories() throws Exception {
        server.answer("CLIENT UNPAUSE");
        factories.forEach(LettuceConnectionFactory::destroy);
    }

    @Override
    @SuppressWarnings("unchecked") // its type is asked for
    protected SnapshotProvider<String> provider() {
        return (SnapshotProvider<String>) source(factory, Long.MAX_VALUE).provider(TOPIC, String.class);
    }

    @Override
    protected Revision change(String data) {
        return TestStore.on(factory).put(TOPIC, data).join();
    }

    @Override
    protected Set<ProviderFault> faults() {
        return EnumSet.complementOf(EnumSet.of(ProviderFault.BODY_CUT_SHORT, ProviderFault.WRONG_CONTENT_TYPE));
    }

    @Override
    protected SnapshotProvider<?> facing(ProviderFault fault) throws Exception {
        server.answer("CLIENT UNPAUSE");
        new StringRedisTemplate(factory).delete(KEY);
        change("x".repeat(2000));
        return switch (fault) {
            case UNKNOWN_TOPIC -> source(factory, 10_000).provider("unknown", String.class);
            case UNAUTHORIZED -> as("guest", "guess");
            case FORBIDDEN -> as("guest", "secret");
            case SERVER_ERROR -> {
                new StringRedisTemplate(factory).opsForValue().set(KEY, "no hash");
                yield provider();
            }
            case TIMEOUT -> {
                server.answer("CLIENT PAUSE 60000 WRITE");
                yield provider();
            }
            case CONNECTION_REFUSED ->
                source(factoryOf(new RedisStandaloneConfiguration("127.0.0.1", 1)), 10_000)
                        .provider(TOPIC, String.class);
            case BODY_OVER_THE_LIMIT -> source(factory, 1000).provider(TOPIC, String.class);
            case WRONG_JSON -> {
                new StringRedisTemplate(factory).opsForHash().put(KEY, "data", "no");
                yield provider();
            }
            case WRONG_TYPE -> source(factory, 10_000).provider(TOPIC, Integer.class);
            default -> throw new IllegalArgumentException("not here: " + fault);
        };
    }

    private SnapshotProvider<?> as(String user, String password) {
        RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration("127.0.0.1", server.port());
        configuration.setUsername(user);
        configuration.setPassword(password);
        return source(factoryOf(configuration), 10_000).provider(TOPIC, String.class);
    }

    private LettuceConnectionFactory factoryOf(RedisStandaloneConfiguration configuration) {
        LettuceConnectionFactory another = RedisServer.factory(configuration);
        factories.add(another);
        return another;
    }

    private static RedisSnapshotSource source(LettuceConnectionFactory connections, long maxSnapshotSize) {
        return new RedisSnapshotSource(
                connections, RedisKeys.DEFAULT, new SnapshotCodec(JsonMapper.shared()), maxSnapshotSize);
    }
}
