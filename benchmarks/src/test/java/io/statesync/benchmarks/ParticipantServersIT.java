package io.statesync.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import bench.spi.DurableLog;
import bench.spi.Env;
import bench.spi.Fanout;
import bench.spi.Propagation;
import bench.spi.Registry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.core.ExecutableProvider;

/** The participants that need a server do what their scenarios say, once. The servers come from Maven. */
class ParticipantServersIT {

    @BeforeAll
    static void scratch(@TempDir Path scratch) throws Exception {
        System.setProperty("bench.tmp", scratch.toString());
        System.setProperty(
                "bench.redis", ExecutableProvider.newJarResourceProvider().get().getPath());
    }

    @Test
    void whatIsPutIntoRedisArrivesWhole() throws Exception {
        try (Env env = new Env();
                Propagation participant = Registry.create(Propagation.class, "statesync-redis")) {
            participant.start(env, payload(1));
            participant.publish(payload(2));
            Awaitility.await()
                    .until(() -> ByteBuffer.wrap(participant.readAtB()).getLong() == 2);
            assertThat(participant.readAtB()).isEqualTo(payload(2));
        }
    }

    private static byte[] payload(long revision) {
        byte[] bytes = "\u00e9x".repeat(50_000).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        ByteBuffer.wrap(bytes).putLong(revision);
        return bytes;
    }

    @Test
    void anAppendIsInPostgresWhenItReturns() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            System.setProperty("bench.postgres", server.getJdbcUrl("postgres", "postgres"));
            try (Env env = new Env();
                    DurableLog log = Registry.create(DurableLog.class, "statesync-postgresql");
                    Connection connection = server.getPostgresDatabase().getConnection()) {
                log.start(env);
                log.append(new byte[200]);
                try (ResultSet count =
                        connection.createStatement().executeQuery("select count(*) from statesync_transaction")) {
                    count.next();
                    assertThat(count.getInt(1)).isEqualTo(1);
                }
            }
        } finally {
            System.clearProperty("bench.postgres");
        }
    }

    @Test
    void aSessionHearsABroadcast() throws Exception {
        try (Fanout fanout = Registry.create(Fanout.class, "statesync-stomp")) {
            int port = fanout.start(new String[0]);
            Frames frames = new Frames();
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .subprotocols("v12.stomp")
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + fanout.path()), frames)
                    .join();
            socket.sendText("CONNECT\naccept-version:1.2\nhost:b\nheart-beat:0,0\n\n\0", true)
                    .join();
            assertThat(frames.next()).startsWith("CONNECTED");
            socket.sendText(
                            "SUBSCRIBE\nid:0\nreceipt:r\ndestination:" + fanout.destination() + "\nack:auto\n\n\0",
                            true)
                    .join();
            assertThat(frames.next()).startsWith("RECEIPT");
            fanout.broadcast("@17 123 xx");
            assertThat(frames.next()).startsWith("MESSAGE").contains("\"@17 123 xx\"");
            socket.abort();
        }
    }

    private static final class Frames implements WebSocket.Listener {

        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            frames.add(data.toString());
            socket.request(1);
            return null;
        }

        String next() throws InterruptedException {
            String frame = frames.poll(30, TimeUnit.SECONDS);
            return frame == null ? "nothing came" : frame;
        }
    }
}
