package io.statesync.sample;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.statesync.spring.kafka.KafkaServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import redis.embedded.RedisServer;

/**
 * A server for whoever has none, at its usual port on this machine, from a library that Maven brings. What Redis and PostgreSQL
 * keep is below {@code target}. {@code docs/transports.md} has the commands.
 */
final class LocalServer {

    private static final String USAGE = "Say which one: -Dspring-boot.run.arguments=redis, postgres or kafka.";

    private static final Path DATA = Path.of("target", "local-server").toAbsolutePath();

    private LocalServer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 1) {
            throw new IllegalArgumentException(USAGE);
        }
        // no Spring Boot is here that would quieten it
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        AutoCloseable server = switch (args[0]) {
            case "redis" -> redis(6379);
            case "postgres" -> postgres(5432);
            case "kafka" -> new KafkaServer(9092);
            default -> throw new IllegalArgumentException("\"" + args[0] + "\" is none of the servers. " + USAGE);
        };
        System.out.println("Ready: " + args[0] + ". Ctrl+C ends it.");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
        Thread.currentThread().join();
    }

    private static AutoCloseable redis(int port) throws IOException {
        RedisServer redis = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("dir " + Files.createDirectories(DATA.resolve("redis")))
                .setting("appendonly yes")
                .build();
        redis.start();
        return redis::stop;
    }

    private static AutoCloseable postgres(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(Files.createDirectories(DATA.resolve("postgres")))
                .setCleanDataDirectory(false)
                // off by default there
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            System.err.println("It did not end well: " + e);
        }
    }
}
