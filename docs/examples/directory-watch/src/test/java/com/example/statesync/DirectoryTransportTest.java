package com.example.statesync;

import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.policy.Scheduler;
import io.statesync.test.InvalidationTransportContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** All that a transport promises, over the directory. */
class DirectoryTransportTest extends InvalidationTransportContract {

    @TempDir
    private Path parent;

    private Path directory;
    private DirectoryTransport transport;

    @Override
    protected void open() throws IOException {
        directory = Files.createDirectories(parent.resolve("events"));
        transport = new DirectoryTransport(directory, Duration.ofMillis(5), Scheduler.system());
    }

    @Override
    protected void close() {
        transport.close();
    }

    @Override
    protected InvalidationSubscriber subscriber() {
        return transport;
    }

    @Override
    protected InvalidationPublisher publisher() {
        return transport;
    }

    @Override
    protected void sendGarbage(String topic) {
        try {
            Files.writeString(directory.resolve(EventFile.name(topic)), "no event");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void disconnect() throws IOException {
        Files.move(directory, parent.resolve("away"));
    }

    @Override
    protected void reconnect() throws IOException {
        Files.move(parent.resolve("away"), directory);
    }
}
