package com.example.statesync;

import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.policy.Scheduler;
import io.statesync.test.EngineProtocolContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The protocol's cases, with an engine on the transport. */
class DirectoryEngineProtocolTest extends EngineProtocolContract {

    @TempDir
    private Path directory;

    private DirectoryTransport transport;

    @BeforeEach
    void openTransport() {
        transport = new DirectoryTransport(directory, Duration.ofMillis(5), Scheduler.system());
    }

    @AfterEach
    void closeTransport() {
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
}
