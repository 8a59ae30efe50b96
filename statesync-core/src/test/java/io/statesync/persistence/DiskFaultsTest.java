package io.statesync.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.memory.InMemoryTransport;
import io.statesync.state.SyncedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full, read-only, blocked or gone: applied, served, reported, and saved once it works again. */
class DiskFaultsTest {

    private static final String TOPIC = "price-list";
    private static final String LARGE = "x".repeat(1_000_000);

    @TempDir
    private Path root;

    private final SyncedState<String> state = SyncedState.create();
    private final List<SyncErrorContext> errors = new ArrayList<>();
    private final List<FileSnapshotStorage> opened = new ArrayList<>();
    private SnapshotEnvelope<String> source = new SnapshotEnvelope<>(Revision.ZERO, "");
    private long revision;

    private SnapshotPersistence<String> over(Path directory) {
        return SnapshotPersistence.forTopic(TOPIC)
                .storage(opened(directory))
                .codec(new LineCodec())
                .executor(Runnable::run)
                .listener(new PersistenceListener() {
                    @Override
                    public void onError(SyncErrorContext context) {
                        errors.add(context);
                    }
                })
                .build();
    }

    private FileSnapshotStorage opened(Path directory) {
        FileSnapshotStorage storage = FileSnapshotStorage.in(directory);
        opened.add(storage);
        return storage;
    }

    /* Only then can a file system be unmounted. */
    private void closeStorages() {
        opened.forEach(FileSnapshotStorage::close);
    }

    /* One round of a living sync, which ends well whatever becomes of the save. */
    private void fetch(RevisionSync<String> sync, String data) {
        revision++;
        source = new SnapshotEnvelope<>(new Revision(revision), data);
        assertThat(sync.refresh().join()).isEqualTo(new Revision(revision));
        assertThat(state.get()).isEqualTo(data);
    }

    private RevisionSync<String> started(SnapshotPersistence<String> persistence) {
        RevisionSync<String> sync = RevisionSync.forTopic(TOPIC)
                .subscriber(new InMemoryTransport())
                .provider(() -> source)
                .applier(persistence.around(state))
                .executor(Runnable::run)
                .build();
        sync.start();
        return sync;
    }

    private void isReportedAndRecovers(
            RevisionSync<String> sync, SnapshotPersistence<String> persistence, Path directory, Repair repair)
            throws Exception {
        assertThat(errors).hasSize(1).allMatch(it -> it.phase() == SyncPhase.SAVE && it.willRetry());
        assertThat(errors.get(0).error()).isInstanceOf(IOException.class);
        assertThat(persistence.pending()).isTrue();

        repair.run();
        persistence.flush().join();

        assertThat(persistence.pending()).isFalse();
        assertThat(over(directory).load().join()).contains(source);
        fetch(sync, "and on");
        assertThat(over(directory).load().join()).contains(source);
        assertThat(errors).hasSize(1);
        sync.close();
        persistence.close();
        closeStorages();
    }

    @Test
    @DisplayName("PX-05: a path that is blocked by a file")
    void aPathThatIsBlockedByAFile() throws Exception {
        Path directory = Files.writeString(root.resolve("records"), "in the way");
        SnapshotPersistence<String> persistence = over(directory);
        RevisionSync<String> sync = started(persistence);

        assertThat(errors).as("revision 0 of the start").hasSize(1);
        assertThatThrownBy(() -> persistence.flush().join()).hasMessageContaining("records");
        errors.remove(0);

        isReportedAndRecovers(sync, persistence, directory, () -> Files.delete(directory));
    }

    @Test
    @DisplayName("PX-05: a directory that vanishes is made again")
    void aDirectoryThatVanishes() throws Exception {
        Path directory = root.resolve("records");
        SnapshotPersistence<String> persistence = over(directory);
        RevisionSync<String> sync = started(persistence);
        fetch(sync, "one");
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }

        fetch(sync, "two");

        assertThat(errors).isEmpty();
        assertThat(over(directory).load().join()).contains(source);
        sync.close();
    }

    @Test
    @DisplayName("PX-05: a directory that vanishes, with a file in its place")
    void aDirectoryThatGivesWayToAFile() throws Exception {
        Path directory = root.resolve("records");
        SnapshotPersistence<String> persistence = over(directory);
        RevisionSync<String> sync = started(persistence);
        Files.move(directory, root.resolve("moved away"));
        Files.writeString(directory, "in the way");

        fetch(sync, "one");

        isReportedAndRecovers(sync, persistence, directory, () -> Files.delete(directory));
    }

    @Test
    @DisplayName("PX-05: a full disk: the former record stays, and nothing half-written is left")
    void aFullDisk() throws Exception {
        Path directory = Files.createDirectory(root.resolve("records"));
        try (Tmpfs disk = Tmpfs.mounted(directory, "256k")) {
            SnapshotPersistence<String> persistence = over(directory);
            RevisionSync<String> sync = started(persistence);
            fetch(sync, "small");
            SnapshotEnvelope<String> small = source;

            fetch(sync, LARGE);

            assertThat(over(directory).load().join()).contains(small);
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files).hasSize(2);
            }
            isReportedAndRecovers(sync, persistence, directory, () -> disk.remount("size=4m"));
        }
    }

    @Test
    @DisplayName("PX-05: a mount that becomes read-only: the record can still be read")
    void aMountThatBecomesReadOnly() throws Exception {
        Path directory = Files.createDirectory(root.resolve("records"));
        try (Tmpfs disk = Tmpfs.mounted(directory, "4m")) {
            SnapshotPersistence<String> before = over(directory);
            started(before).close();
            before.close();
            closeStorages();
            disk.remount("ro");
            SnapshotPersistence<String> persistence = over(directory);
            assertThat(persistence.load().join()).contains(source);
            RevisionSync<String> sync = started(persistence);

            fetch(sync, "one");

            isReportedAndRecovers(sync, persistence, directory, () -> disk.remount("rw"));
        }
    }

    @FunctionalInterface
    private interface Repair {

        void run() throws Exception;
    }
}
