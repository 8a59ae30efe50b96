package com.example.statesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.memory.InMemorySource;
import io.statesync.policy.Scheduler;
import io.statesync.state.SyncedState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transport under an engine, with a directory that goes away and comes back. */
class DirectoryReconnectTest {

    @TempDir
    private Path parent;

    @Test
    void aReplicaIsStaleWhileTheDirectoryIsAwayAndCurrentAfterIt() throws Exception {
        Path directory = Files.createDirectory(parent.resolve("events"));
        try (DirectoryTransport transport = new DirectoryTransport(directory, Duration.ofMillis(5), Scheduler.system())) {
            InMemorySource<String> source = new InMemorySource<>("greeting", "hello", transport);
            SyncedState<String> copy = SyncedState.create();
            RevisionSync<String> sync = RevisionSync.forTopic("greeting")
                    .subscriber(transport)
                    .provider(source)
                    .applier(copy)
                    .build();
            sync.start();
            source.set("good morning");
            await().untilAsserted(() -> assertThat(copy.get()).isEqualTo("good morning"));

            Files.move(directory, parent.resolve("away"));
            await().until(() -> sync.status().state() == SyncState.STALE);
            assertThat(copy.get()).isEqualTo("good morning");

            Files.move(parent.resolve("away"), directory);
            await().until(() -> sync.status().state() == SyncState.LIVE);
            sync.close();
        }
    }
}
