package io.statesync.spring.kafka;

import io.statesync.spring.TestProxy;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real broker in a process of its own: it can be killed, and started again at the same port with the same data. */
public final class KafkaServer implements AutoCloseable {

    private final Path folder = Files.createTempDirectory("statesync-kafka");
    private final int port;
    private final int behindProxy = freePort();
    private final int controller = freePort();
    private final TestProxy proxy = new TestProxy(behindProxy);
    private @Nullable Process running;
    private @Nullable BufferedReader answers;

    public KafkaServer() throws IOException {
        this(freePort());
    }

    public KafkaServer(int port) throws IOException {
        this.port = port;
        try (var writer = Files.newBufferedWriter(folder.resolve("server.properties"))) {
            properties().store(writer, null);
        }
        start();
    }

    public int port() {
        return port;
    }

    /** Where the proxy leads to. */
    public int portBehindProxy() {
        return behindProxy;
    }

    /** What a client has to know. */
    Map<String, Object> clients() {
        return at(port);
    }

    /** What a client has to know that is to reach the broker through the proxy alone. */
    Map<String, Object> clientsOfProxy() {
        return at(proxy.port());
    }

    private static Map<String, Object> at(int port) {
        return Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port);
    }

    /** The way of clients that are told of no other. */
    public TestProxy proxy() {
        return proxy;
    }

    /** The proxy passes everything on again. */
    void restoreProxy() throws IOException {
        proxy.restore(behindProxy);
    }

    boolean isRunning() {
        return running != null;
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        Process ending = Objects.requireNonNull(running);
        ending.destroyForcibly();
        ending.onExit().join();
        running = null;
    }

    /** Starts it, and returns when it takes connections. */
    public void start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(
                KafkaNode.class.getName(), folder.resolve("server.properties").toString()));
        Process started = new ProcessBuilder(command)
                .redirectError(folder.resolve("server.log").toFile())
                .start();
        running = started;
        BufferedReader reader = started.inputReader(StandardCharsets.UTF_8);
        answers = reader;
        if (!KafkaNode.STARTED.equals(reader.readLine())) {
            throw new IllegalStateException(Files.readString(folder.resolve("server.log")));
        }
    }

    /** How many consumers the broker counts, once there is one. */
    int consumers() {
        return Awaitility.await("a consumer has begun to read").until(this::counted, count -> count > 0);
    }

    private int counted() throws IOException {
        PrintStream questions = new PrintStream(Objects.requireNonNull(running).getOutputStream(), true);
        questions.println("consumers");
        return Integer.parseInt(Objects.requireNonNull(answers).readLine());
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controller,
                "controller.listener.names", "CONTROLLER",
                "inter.broker.listener.name", "PLAIN",
                "listener.security.protocol.map", "PLAIN:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "listeners",
                        "PLAIN://127.0.0.1:" + port + ",PROXIED://127.0.0.1:" + behindProxy + ",CONTROLLER://127.0.0.1:"
                                + controller,
                "advertised.listeners", "PLAIN://127.0.0.1:" + port + ",PROXIED://127.0.0.1:" + proxy.port(),
                "log.dirs", folder + File.separator + "data"));
        properties.putAll(Map.of(
                "broker.heartbeat.interval.ms", "200",
                "broker.session.timeout.ms", "1000",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "1",
                "log.cleaner.dedupe.buffer.size", "4194304"));
        return properties;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        if (running != null) {
            kill();
        }
    }
}
