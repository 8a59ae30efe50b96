package io.statesync.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.SnapshotEnvelope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that saves all the time is killed at random points; {@code -Dstatesync.kills=1000} is the long form. */
class KilledSaverTest {

    private static final int KILLS = Integer.getInteger("statesync.kills", 15);
    private static final long LONGEST_SAVE_NANOS = 4_000_000;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("PX-03: after kill -9 at any point of a save there is a complete record, no older than what was said")
    void afterAKillThereIsACompleteRecord() throws Exception {
        Random random = new Random();
        long said = 0;
        int midway = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            said = Math.max(said, runAndKill(random));
            midway += temporaries() > 0 ? 1 : 0;
            FileSnapshotStorage storage = FileSnapshotStorage.in(directory);
            SnapshotPersistence<String> persistence = KilledSaver.over(storage);

            Optional<SnapshotEnvelope<String>> loaded = persistence.load().join();

            assertThat(persistence.statistics().lastError()).as("kill %d", kill).isNull();
            long revision = loaded.orElseThrow().revision().bits();
            assertThat(revision).as("kill %d", kill).isGreaterThanOrEqualTo(said);
            assertThat(loaded.orElseThrow().equals(KilledSaver.state(revision)))
                    .as("the state of revision %d, whole", revision)
                    .isTrue();
            assertThat(temporaries()).as("what the dead left").isZero();
            storage.close();
        }
        System.out.println(KILLS + " kills, " + midway + " of them in the middle of writing a record");
    }

    private long runAndKill(Random random) throws Exception {
        List<String> options = List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx128m", "-XX:+UseSerialGC");
        try (ChildJvm saver = ChildJvm.running(KilledSaver.class, options, directory)) {
            String last = saver.line();
            for (int more = random.nextInt(30); more > 0 && last != null; more--) {
                last = saver.line();
            }
            // no wait for anything: the point of a kill is chance, so it is a busy wait of a random length
            long until = System.nanoTime() + (long) (random.nextDouble() * LONGEST_SAVE_NANOS);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            saver.kill();
            long said = Long.parseLong(last == null ? "the process ended" : last);
            return said;
        }
    }

    private long temporaries() throws Exception {
        try (var files = Files.list(directory)) {
            return files.filter(it -> it.toString().endsWith(".tmp")).count();
        }
    }
}
