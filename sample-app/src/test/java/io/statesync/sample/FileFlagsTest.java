package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.source.RevisionCounter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class FileFlagsTest {

    @TempDir
    private Path directory;

    private FileFlags flags;
    private long millis = 1_700_000_000_000L;

    @BeforeEach
    void firstLife() {
        flags = life();
    }

    @Test
    void eachChangeComesWithItsRevision() {
        Revision before = flags.snapshot().revision();

        Revision created = flags.put(new FlagName("a"), new Flag(true));
        assertThat(flags.snapshot().revision()).isEqualTo(created);
        assertThat(flags.snapshot().data()).containsEntry("a", new Flag(true));

        Revision deleted = flags.delete(new FlagName("a"));
        assertThat(flags.snapshot().revision()).isEqualTo(deleted);
        assertThat(flags.snapshot().data()).isEmpty();
        assertThat(List.of(before, created, deleted)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void deletingWhatIsNotThereChangesNothing() {
        SnapshotEnvelope<SortedMap<String, Flag>> before = flags.snapshot();

        assertThatThrownBy(() -> flags.delete(new FlagName("a")))
                .isInstanceOf(UnknownFlagException.class)
                .hasMessage("There is no feature flag \"a\".");

        assertThat(flags.snapshot()).isSameAs(before);
    }

    @Test
    void aSnapshotThatWasReadNeverChanges() {
        flags.put(new FlagName("a"), new Flag(true));
        SortedMap<String, Flag> read = flags.snapshot().data();
        flags.put(new FlagName("b"), new Flag(true));

        assertThat(read).containsOnlyKeys("a");
    }

    @Test
    void theNextLifeHasTheSameFlagsAtANewerRevision() {
        Revision last = flags.put(new FlagName("a"), new Flag(true));

        FileFlags next = life();

        assertThat(next.snapshot().data()).isEqualTo(flags.snapshot().data());
        assertThat(next.snapshot().revision().isNewerThan(last)).isTrue();
    }

    @Test
    void aChangeThatCannotBeKeptDoesNotHappen() throws IOException {
        flags.put(new FlagName("a"), new Flag(true));
        SnapshotEnvelope<SortedMap<String, Flag>> before = flags.snapshot();
        Files.createDirectory(directory.resolve("feature-flags.json.tmp"));

        assertThatThrownBy(() -> flags.put(new FlagName("b"), new Flag(true))).isInstanceOf(FlagFileException.class);

        assertThat(flags.snapshot()).isSameAs(before);
    }

    @Test
    void concurrentChangesLoseNothingAndEachHasItsOwnRevision() {
        ConcurrentHashMap<Revision, Integer> issued = new ConcurrentHashMap<>();
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            CompletableFuture.allOf(IntStream.range(0, 200)
                            .mapToObj(i -> CompletableFuture.runAsync(
                                    () -> issued.put(flags.put(new FlagName("flag-" + i), new Flag(i % 2 == 0)), i),
                                    writers))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        } finally {
            writers.shutdown();
        }

        assertThat(issued).hasSize(200);
        assertThat(flags.snapshot().data()).hasSize(200);
        assertThat(issued).containsKey(flags.snapshot().revision());
        assertThat(life().snapshot().data()).isEqualTo(flags.snapshot().data());
    }

    /* No process starts twice in one millisecond, but this test does. */
    private FileFlags life() {
        millis++;
        RevisionCounter revisions = RevisionCounter.hybrid(() -> Instant.ofEpochMilli(millis));
        SampleProperties properties = new SampleProperties(
                directory,
                URI.create("http://localhost:8080"),
                List.of(),
                List.of(),
                new SampleProperties.Companion(false, 0));
        return new FileFlags(revisions, properties, JsonMapper.shared());
    }
}
