package io.statesync.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.policy.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a look at a directory must not miss. */
@Timeout(60)
class SameLookingFileTest {

    @TempDir
    private Path directory;

    @Test
    void aFileThatLooksTheSameButIsAnotherIsSeen() throws IOException {
        FileSnapshotStorage storage = FileSnapshotStorage.in(directory);
        Path file = storage.fileOf("prices");
        List<Long> told = new CopyOnWriteArrayList<>();
        save(storage, 7);
        FileTime tick = Files.getLastModifiedTime(file);
        try (StorageWatch watch = storage.watch(Duration.ofMillis(20), Scheduler.system(), Runnable::run)) {
            watch.follow("prices", version -> told.add(version.revision().bits()));
            await().until(() -> told.contains(7L));

            // the size, the time and the number of the file are those of before
            Files.write(file, RecordFile.label("prices", version(8)));
            Files.setLastModifiedTime(file, tick);

            await().until(() -> told.contains(8L));
        } finally {
            storage.close();
        }
        assertThat(told).containsExactly(7L, 8L);
    }

    private static void save(FileSnapshotStorage storage, long revision) throws IOException {
        storage.save("prices", version(revision), RecordBytes.of(new byte[0]));
    }

    private static RecordVersion version(long revision) {
        return new RecordVersion(new Revision(revision), 1);
    }
}
