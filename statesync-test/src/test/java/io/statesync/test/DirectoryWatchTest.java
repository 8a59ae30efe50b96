package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.persistence.FileSnapshotStorage;
import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import io.statesync.persistence.SnapshotPersistence.Registration;
import io.statesync.persistence.StorageWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch of a directory, on a hand-driven clock. */
class DirectoryWatchTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final RecordBytes RECORD = RecordBytes.of(new byte[] {1});

    @TempDir
    private Path directory;

    private final ManualScheduler time = new ManualScheduler();
    private final ManualExecutor threads = new ManualExecutor();
    private final List<String> told = new ArrayList<>();
    private FileSnapshotStorage storage;
    private StorageWatch watch;

    @BeforeEach
    void open() {
        storage = FileSnapshotStorage.in(directory.resolve("records"));
        watch = storage.watch(SECOND, time, threads);
    }

    private void save(String topic, long revision) throws Exception {
        assertThat(storage.save(topic, new RecordVersion(new Revision(revision), 1), RECORD))
                .isTrue();
    }

    private void look() {
        time.advance(SECOND);
        threads.runAll();
    }

    @Test
    void eachNewRecordIsToldOnce() throws Exception {
        watch.follow("one", version -> told.add("one " + version.revision()));
        look();
        assertThat(told).as("no directory yet").isEmpty();

        save("one", 7);
        save("two", 7);
        look();
        look();
        assertThat(told).containsExactly("one 7");
        save("one", 8);
        look();
        storage.setAside("one", RECORD);
        look();
        save("one", 3);
        look();

        assertThat(told).containsExactly("one 7", "one 8", "one 3");
    }

    @Test
    void aListenerThatThrowsHarmsNobody() throws Exception {
        watch.follow("one", version -> {
            throw new IllegalStateException("a broken listener");
        });
        watch.follow("two", version -> told.add("two " + version.revision()));
        save("one", 7);
        save("two", 7);

        look();

        assertThat(told).containsExactly("two 7");
    }

    @Test
    void nothingRunsWhileNobodyFollows() throws Exception {
        assertThat(time.pendingTimers()).isZero();
        Registration one = watch.follow("one", version -> told.add("one " + version.revision()));
        assertThat(time.pendingTimers()).isEqualTo(1);
        one.close();
        save("one", 7);
        look();
        look();
        assertThat(time.pendingTimers()).isZero();
        assertThat(told).isEmpty();

        watch.follow("one", version -> told.add("again " + version.revision()));
        look();
        assertThat(told).containsExactly("again 7");
        watch.close();
        look();
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void anExecutorThatRefusesIsAskedAgain() throws Exception {
        watch.follow("one", version -> told.add("one " + version.revision()));
        save("one", 7);
        threads.refuse(true);
        look();
        threads.refuse(false);

        look();

        assertThat(told).containsExactly("one 7");
    }

    @Test
    void anIntervalIsLongerThanZero() {
        assertThatThrownBy(() -> storage.watch(Duration.ZERO, time, threads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("interval");
    }
}
