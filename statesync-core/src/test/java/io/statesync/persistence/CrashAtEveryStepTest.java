package io.statesync.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A save that ends at any of its steps, and at any byte of its record. */
class CrashAtEveryStepTest {

    private static final String TOPIC = "price-list";
    private static final SnapshotEnvelope<String> OLD = new SnapshotEnvelope<>(new Revision(1), "the old state");
    private static final SnapshotEnvelope<String> NEW = new SnapshotEnvelope<>(new Revision(2), "the new state");

    @TempDir
    private Path root;

    private int aside;

    private SnapshotPersistence<String> over(SnapshotStorage storage) {
        return SnapshotPersistence.forTopic(TOPIC)
                .storage(storage)
                .codec(new LineCodec())
                .executor(Runnable::run)
                .listener(new PersistenceListener() {
                    @Override
                    public void setAside(String topic, String where, Throwable reason) {
                        aside++;
                    }
                })
                .build();
    }

    @Test
    @DisplayName(
            "PX-03: a save that ends at any step or byte leaves the former or the new record, also for a lost cache")
    void aSaveThatEndsAnywhere() throws Exception {
        int steps = 0;
        boolean complete = false;
        int news = 0;
        while (!complete) {
            Path directory = Files.createDirectory(root.resolve("at-" + steps));
            FileSnapshotStorage before = FileSnapshotStorage.in(directory);
            save(before, OLD);
            before.close();
            CrashingDisk disk = new CrashingDisk(steps);
            FileSnapshotStorage storage = new FileSnapshotStorage(directory, true, disk);
            boolean saved = save(storage, NEW);
            storage.close(); // the operating system gives the locks back
            complete = !disk.crashed();
            assertThat(saved).as("what is said to be saved at step %d", steps).isEqualTo(complete);
            if (steps % 2 == 0) {
                disk.loseWhatWasNotForced();
            }

            FileSnapshotStorage next = FileSnapshotStorage.in(directory);
            Optional<SnapshotEnvelope<String>> loaded = over(next).load().join();

            assertThat(loaded).as("after step %d", steps).isIn(Optional.of(OLD), Optional.of(NEW));
            news += loaded.equals(Optional.of(NEW)) ? 1 : 0;
            assertThat(save(next, new SnapshotEnvelope<>(new Revision(3), "and on")))
                    .isTrue();
            try (var files = Files.list(directory)) {
                assertThat(files.map(it -> it.getFileName().toString()))
                        .as("what is left after step %d", steps)
                        .containsExactlyInAnyOrder("statesync.lock", "t-price-list.snapshot");
            }
            next.close();
            steps++;
        }
        assertThat(aside).isZero();
        assertThat(steps)
                .as("create, each byte, force, rename, force the names")
                .isGreaterThan(90);
        assertThat(news).as("renamed, and then all").isEqualTo(2);
    }

    private boolean save(SnapshotStorage storage, SnapshotEnvelope<String> snapshot) throws Exception {
        SnapshotPersistence<String> persistence = over(storage);
        persistence.around(it -> {}).apply(snapshot);
        return persistence.statistics().saves() == 1;
    }
}
