package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.persistence.FileSnapshotStorage;
import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import io.statesync.persistence.SnapshotStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSnapshotStorageTest extends SnapshotStorageContract {

    private static final RecordVersion SEVEN = new RecordVersion(new Revision(7), 1);
    private static final RecordBytes RECORD = RecordBytes.of(new byte[] {1, 2, 3});

    @TempDir
    private Path root;

    @Override
    protected SnapshotStorage open() {
        return FileSnapshotStorage.in(directory());
    }

    private Path directory() {
        return root.resolve("not/there/yet");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    @DisplayName("PX-06: whatever the topic's name, its files are inside the directory, and any file system takes them")
    void whateverTheNameTheFilesAreInside() throws Exception {
        FileSnapshotStorage storage = FileSnapshotStorage.in(directory());
        List<String> topics =
                List.of("../../etc/passwd", "a/b", "CON", "a", "A", "x.", "\ud83d\ude80".repeat(255), "Z".repeat(255));
        for (String topic : topics) {
            storage.save(topic, SEVEN, RECORD);
            storage.setAside(topic, RECORD);
            storage.save(topic, SEVEN, RECORD);
        }

        List<String> records = names().stream()
                .filter(name -> name.endsWith(".snapshot"))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        assertThat(records).hasSize(topics.size()).doesNotHaveDuplicates();
        assertThat(names()).filteredOn(name -> name.endsWith(".corrupt")).hasSize(topics.size());
        assertThat(names()).allMatch(name -> name.matches("(t-|h-|statesync)[a-z0-9_~.-]{1,138}"));
        try (Stream<Path> all = Files.walk(root)) {
            assertThat(all.filter(Files::isRegularFile)).allMatch(file -> file.startsWith(directory()));
        }
    }

    @Test
    void theFileOfAnotherTopicIsNotBelieved() throws Exception {
        FileSnapshotStorage storage = FileSnapshotStorage.in(directory());
        storage.save("one", SEVEN, RECORD);
        Files.copy(directory().resolve("t-one.snapshot"), directory().resolve("t-two.snapshot"));

        RecordBytes whole = storage.load("two").orElseThrow();
        assertThat(whole).isNotEqualTo(RECORD);
        assertThat(storage.setAside("two", whole)).endsWith(".corrupt");
        assertThat(storage.load("two")).isEmpty();
        assertThat(storage.load("one")).contains(RECORD);
    }

    @Test
    void aDamagedFileGivesWayToAnyRecordAndIsKept() throws Exception {
        FileSnapshotStorage storage = FileSnapshotStorage.in(directory());
        Files.createDirectories(directory());
        Files.writeString(directory().resolve("t-one.snapshot"), "not a record");

        assertThat(storage.save("one", SEVEN, RECORD)).isTrue();

        assertThat(storage.load("one")).contains(RECORD);
        assertThat(names()).filteredOn(name -> name.endsWith(".corrupt")).hasSize(1);
    }

    @Test
    void temporaryFilesOfTheDeadAreRemovedAndThoseOfTheLivingStay() throws Exception {
        FileSnapshotStorage living = FileSnapshotStorage.in(directory());
        living.save("one", SEVEN, RECORD);
        Path dead = Files.writeString(directory().resolve("t-one.7f-1.tmp"), "half a rec");
        Path foreign = Files.writeString(directory().resolve("mine.tmp"), "somebody's");
        assertThat(dead).exists();

        FileSnapshotStorage.in(directory());

        assertThat(dead).doesNotExist();
        assertThat(foreign).exists();
        assertThat(living.load("one")).contains(RECORD);
    }

    @Test
    void aSaveLeavesNoTemporaryFile() throws Exception {
        FileSnapshotStorage storage = FileSnapshotStorage.in(directory());
        storage.save("one", SEVEN, RECORD);
        storage.save("one", new RecordVersion(new Revision(3), 1), RECORD);

        assertThat(names()).containsExactlyInAnyOrder("statesync.lock", "t-one.snapshot");
    }

    @Test
    void withoutSiblingsThereIsNoLockFile() throws Exception {
        FileSnapshotStorage storage = FileSnapshotStorage.alone(directory());
        FileSnapshotStorage same = FileSnapshotStorage.alone(directory());

        assertThat(storage.save("one", SEVEN, RECORD)).isTrue();
        assertThat(same.save("one", SEVEN, RECORD)).isFalse();

        assertThat(names()).containsExactly("t-one.snapshot");
    }

    @Test
    void aClosedStorageSaysSo() {
        FileSnapshotStorage storage = FileSnapshotStorage.in(directory());
        storage.close();
        storage.close();

        assertThatThrownBy(() -> storage.save("one", SEVEN, RECORD))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void fetchLocksAreOnePerTopic() throws Exception {
        FileSnapshotStorage storage = FileSnapshotStorage.in(directory());
        FileSnapshotStorage sibling = FileSnapshotStorage.in(directory());
        var held = storage.tryLock("one").orElseThrow();

        assertThat(sibling.tryLock("one")).isEmpty();
        assertThat(storage.tryLock("one")).isEmpty();
        sibling.tryLock("two").orElseThrow().close();
        assertThat(sibling.save("one", SEVEN, RECORD))
                .as("a fetch does not stop a save")
                .isTrue();
        held.close();
        held.close();

        sibling.tryLock("one").orElseThrow().close();
    }
}
