package io.statesync.spring.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A real sentinel that watches one master and its replicas, and makes a replica the master when that is gone. */
public final class RedisSentinel implements AutoCloseable {

    /** What the master is called. */
    public static final String MASTER = "shop";

    private static final int INFO_LINES = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int port;
    private final Process process;

    public RedisSentinel(RedisServer master) throws IOException {
        port = RedisServer.freePort();
        Path folder = Files.createTempDirectory("statesync-sentinel");
        Path configuration = folder.resolve("sentinel.conf");
        Files.write(
                configuration,
                List.of(
                        "port " + port,
                        "bind 127.0.0.1",
                        "dir " + folder,
                        "sentinel monitor " + MASTER + " 127.0.0.1 " + master.port() + " 1",
                        "sentinel down-after-milliseconds " + MASTER + " 500",
                        "sentinel failover-timeout " + MASTER + " 5000"));
        process = new ProcessBuilder(RedisServer.EXECUTABLE.getPath(), configuration.toString(), "--sentinel")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sentinel.log").toFile())
                .start();
    }

    public int port() {
        return port;
    }

    /** Returns when that server is the master, and has one replica that could take its place or was it before. */
    public void awaitMaster(RedisServer server) {
        String wanted = "address=127.0.0.1:" + server.port() + ",slaves=1";
        Awaitility.await("the sentinel says " + wanted)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> RedisServer.answers(port, "INFO sentinel", INFO_LINES).stream()
                        .anyMatch(line -> line.contains(wanted)));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
