package io.statesync.spring.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import redis.embedded.core.ExecutableProvider;

/** A real Redis that can be killed, and started again at the same port with the same data. */
public final class RedisServer implements AutoCloseable {

    static final File EXECUTABLE = executable();

    private final Path data;
    private final int port;
    private final List<String> options;
    private @Nullable Process running;

    public RedisServer(String... options) throws IOException {
        this.data = Files.createTempDirectory("statesync-redis");
        this.port = freePort();
        this.options = List.of(options);
        start();
    }

    public int port() {
        return port;
    }

    /** A factory that gives up soon. To be destroyed. */
    LettuceConnectionFactory factory() {
        return factory(new RedisStandaloneConfiguration("127.0.0.1", port));
    }

    static LettuceConnectionFactory factory(int port) {
        return factory(new RedisStandaloneConfiguration("127.0.0.1", port));
    }

    static LettuceConnectionFactory factory(RedisStandaloneConfiguration server) {
        return factory(server, ProtocolVersion.RESP3);
    }

    static LettuceConnectionFactory factory(RedisStandaloneConfiguration server, ProtocolVersion version) {
        return started(new LettuceConnectionFactory(server, client(version)));
    }

    /** For a process that has just begun: its first connection may take a while. */
    static LettuceConnectionFactory patientFactory(int port) {
        return started(new LettuceConnectionFactory(
                new RedisStandaloneConfiguration("127.0.0.1", port),
                client(ProtocolVersion.RESP3, Duration.ofSeconds(60))));
    }

    static LettuceClientConfiguration client(ProtocolVersion version) {
        return client(version, Duration.ofSeconds(1));
    }

    private static LettuceClientConfiguration client(ProtocolVersion version, Duration timeout) {
        return LettuceClientConfiguration.builder()
                .commandTimeout(timeout)
                .shutdownTimeout(Duration.ZERO)
                .clientOptions(ClientOptions.builder()
                        .protocolVersion(version)
                        .socketOptions(
                                SocketOptions.builder().connectTimeout(timeout).build())
                        .build())
                .build();
    }

    static LettuceConnectionFactory started(LettuceConnectionFactory factory) {
        factory.afterPropertiesSet();
        factory.start();
        return factory;
    }

    /** How many connections the server counts that are subscribed. */
    public int subscribers() {
        LettuceConnectionFactory factory = factory();
        try (RedisConnection connection = factory.getConnection()) {
            return (int) connection.serverCommands().getClientList().stream()
                    .filter(client -> String.valueOf(client.get("flags")).contains("P"))
                    .count();
        } finally {
            factory.destroy();
        }
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        if (running != null) {
            running.destroyForcibly().onExit().join();
            running = null;
        }
    }

    public boolean isRunning() {
        return running != null;
    }

    /** Starts it, and returns when it answers. */
    public void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(EXECUTABLE.getPath(), "--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--dir", data.toString()));
        // what was written is there after a kill
        command.addAll(List.of("--save", "", "--appendonly", "yes", "--appendfsync", "always"));
        command.addAll(options);
        running = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("redis.log").toFile())
                .start();
        Awaitility.await("Redis answers")
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(() -> answer("PING").equals("+PONG"));
    }

    /** The first line of an answer to one line. */
    public String answer(String line) throws IOException {
        return answers(line, 1).get(0);
    }

    /** The first lines of an answer to one line. */
    public List<String> answers(String line, int lines) throws IOException {
        return answers(port, line, lines);
    }

    /** The first lines of an answer of whatever speaks Redis at a port. */
    static List<String> answers(int port, String line, int lines) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            List<String> read = new ArrayList<>();
            while (read.size() < lines) {
                read.add(String.valueOf(in.readLine()));
            }
            return read;
        }
    }

    @Override
    public void close() {
        kill();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static File executable() {
        try {
            return ExecutableProvider.newJarResourceProvider().get();
        } catch (IOException e) {
            throw new IllegalStateException("no Redis for this machine", e);
        }
    }
}
