package io.statesync.sample;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import redis.embedded.RedisServer;

/**
 * A server for whoever has none, at its usual port on this machine, from a library that Maven brings. It forgets everything
 * when it ends. {@code docs/transports.md} has the commands.
 */
final class LocalServer {

    private static final String USAGE = "Say which one: -Dspring-boot.run.arguments=redis, postgres or kafka.";

    private LocalServer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 1) {
            throw new IllegalArgumentException(USAGE);
        }
        AutoCloseable server = switch (args[0]) {
            case "redis" -> redis(6379);
            case "postgres" -> postgres(5432);
            case "kafka" -> kafka(9092);
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
                .setting("save \"\"")
                .build();
        redis.start();
        return redis::stop;
    }

    private static AutoCloseable postgres(int port) throws IOException {
        return EmbeddedPostgres.builder().setPort(port).start();
    }

    private static AutoCloseable kafka(int port) {
        EmbeddedKafkaKraftBroker kafka = new EmbeddedKafkaKraftBroker(1, 1);
        kafka.kafkaPorts(port);
        kafka.brokerProperties(Map.of("auto.create.topics.enable", "false"));
        kafka.afterPropertiesSet();
        return kafka::destroy;
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            System.err.println("It did not end well: " + e);
        }
    }
}
