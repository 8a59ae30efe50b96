package io.statesync.spring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.spring.json.SnapshotCodec;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import tools.jackson.databind.json.JsonMapper;

/** In which form data stand at the server makes no difference to who reads them, and neither does their size. */
class RedisDataIT {

    private static final String TOPIC = "picture";
    private static final int LARGE = 700_000;

    private static RedisServer server;

    private LettuceConnectionFactory factory;

    @BeforeAll
    static void start() throws Exception {
        server = new RedisServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws Exception {
        server.answer("FLUSHALL");
        factory = server.factory();
    }

    @AfterEach
    void close() {
        factory.destroy();
    }

    @Test
    void bytesStandAtTheServerAsTheyAre() throws Exception {
        byte[] bytes = {0, -1, '"', 7};

        put(bytes);

        assertThat(field("data")).isEqualTo(bytes);
        assertThat(reader(byte[].class, 10_000).getSnapshot().data()).isEqualTo(bytes);
    }

    @Test
    void noBytesAtAllAreDataToo() throws Exception {
        Revision revision = put(new byte[0]);

        assertThat((byte[]) reader(byte[].class, 10_000).getSnapshot().data()).isEmpty();
        assertThat(reader(byte[].class, 10_000).getSnapshotUnless(revision)).isEmpty();
    }

    @Test
    void whoReadsBytesAsAnotherTypeReadsThemAsTheirJson() throws Exception {
        put("a".getBytes(StandardCharsets.US_ASCII));

        assertThat(reader(String.class, 10_000).getSnapshot().data()).isEqualTo("YQ==");
    }

    @Test
    void whoReadsJsonAsBytesReadsWhatTheirJsonIs() throws Exception {
        put(Base64.getEncoder().encodeToString(new byte[] {1, 2}));

        assertThat(reader(byte[].class, 10_000).getSnapshot().data()).isEqualTo(new byte[] {1, 2});
    }

    @Test
    void dataWithoutAFormAreJson() throws Exception {
        put(new byte[] {1});
        try (RedisConnection connection = factory.getConnection()) {
            connection.hashCommands().hSet(key(), ascii("data"), ascii("\"AQI=\""));
            connection.hashCommands().hDel(key(), ascii("form"));
        }

        assertThat(reader(byte[].class, 10_000).getSnapshot().data()).isEqualTo(new byte[] {1, 2});
    }

    @Test
    void bytesAfterJsonAndJsonAfterBytesAreTakenForWhatTheyAre() throws Exception {
        put("text");
        put(new byte[] {3});
        assertThat(reader(byte[].class, 10_000).getSnapshot().data()).isEqualTo(new byte[] {3});

        put("text");
        assertThat(reader(String.class, 10_000).getSnapshot().data()).isEqualTo("text");
    }

    @Test
    void largeDataArriveWithTheirRevision() throws Exception {
        byte[] bytes = new byte[LARGE];
        Arrays.fill(bytes, (byte) 'x');

        Revision first = put(bytes);
        assertThat(reader(byte[].class, LARGE).getSnapshot())
                .satisfies(read -> assertThat(read.revision()).isEqualTo(first))
                .satisfies(read -> assertThat(read.data()).isEqualTo(bytes));

        Revision second = put("y".repeat(LARGE));
        assertThat(reader(String.class, LARGE + 2).getSnapshotUnless(first).orElseThrow())
                .satisfies(read -> assertThat(read.revision()).isEqualTo(second))
                .satisfies(read -> assertThat(read.data()).isEqualTo("y".repeat(LARGE)));
        assertThat(reader(String.class, LARGE + 2).getSnapshotUnless(second)).isEmpty();
    }

    @Test
    void whatAWriterLeftThatDiedGoesWithTheNextChange() throws Exception {
        put("small");
        try (RedisConnection connection = factory.getConnection()) {
            connection.hashCommands().hSet(key(), ascii("data:orphan"), new byte[LARGE]);
        }
        assertThat(reader(String.class, 10_000).getSnapshot().data()).isEqualTo("small");

        put(new byte[LARGE]);
        assertThat(fields()).hasSize(1).allMatch(field -> field.startsWith("data:") && !field.equals("data:orphan"));

        put("small again");
        assertThat(fields()).containsExactly("data");
        assertThat(reader(String.class, 10_000).getSnapshot().data()).isEqualTo("small again");
    }

    @Test
    void writersOfLargeDataDisturbNoneOfThem() throws Exception {
        Set<Revision> issued = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 40).parallel().forEach(number -> issued.add(put(new byte[40_000 + number])));

        assertThat(issued).hasSize(40);
        assertThat(fields()).hasSize(1);
        assertThat(reader(byte[].class, LARGE).getSnapshot().revision()).isEqualTo(Collections.max(issued));
    }

    @Test
    void largeDataThatAreTooLargeAreRefused() {
        put(new byte[LARGE]);

        assertThatThrownBy(() -> reader(byte[].class, LARGE - 1).getSnapshot())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than " + (LARGE - 1) + " bytes");
    }

    /* Such as another application writes them, or a writer of large data whose field was swept. */
    @Test
    void largeDataInTheCommonFieldNeverGetTheFormOfOthers() throws Exception {
        Revision first = put("small");
        try (RedisConnection connection = factory.getConnection()) {
            connection.hashCommands().hSet(key(), ascii("data"), ascii('"' + "x".repeat(LARGE) + '"'));
        }
        RedisConnectionFactory overtaken = beforeHashCommands(() -> put(ascii("\"other data\"")));

        SnapshotEnvelope<?> read = reader(overtaken, String.class, LARGE + 2).getSnapshot();

        assertThat(read.revision()).isEqualTo(first);
        assertThat(read.data()).isEqualTo("x".repeat(LARGE));
    }

    private RedisConnectionFactory beforeHashCommands(Runnable action) {
        return proxy(
                RedisConnectionFactory.class,
                factory,
                "getConnection",
                connection -> proxy(RedisConnection.class, connection, "hashCommands", commands -> {
                    action.run();
                    return commands;
                }));
    }

    private static <T> T proxy(Class<T> type, Object target, String call, UnaryOperator<Object> then) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object answer = method.invoke(target, arguments);
                    return method.getName().equals(call) ? then.apply(answer) : answer;
                }));
    }

    private Revision put(Object data) {
        return TestStore.on(factory).put(TOPIC, data).join();
    }

    private ConditionalSnapshotProvider<?> reader(Type type, long maxSnapshotSize) {
        return reader(factory, type, maxSnapshotSize);
    }

    private static ConditionalSnapshotProvider<?> reader(
            RedisConnectionFactory connections, Type type, long maxSnapshotSize) {
        return (ConditionalSnapshotProvider<?>) new RedisSnapshotSource(
                        connections, RedisKeys.DEFAULT, new SnapshotCodec(JsonMapper.shared()), maxSnapshotSize)
                .provider(TOPIC, type);
    }

    private List<String> fields() {
        try (RedisConnection connection = factory.getConnection()) {
            return connection.hashCommands().hKeys(key()).stream()
                    .map(field -> new String(field, StandardCharsets.US_ASCII))
                    .filter(field -> field.startsWith("data"))
                    .toList();
        }
    }

    private byte[] field(String name) {
        try (RedisConnection connection = factory.getConnection()) {
            return connection.hashCommands().hGet(key(), ascii(name));
        }
    }

    private static byte[] key() {
        return ascii(RedisKeys.DEFAULT.of(TOPIC));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
