package io.statesync.spring.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.spring.mutation.SendingEvidence.End;
import io.statesync.test.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that edits and sends is killed with -9 again and again, while its backend misbehaves. {@code
 * -Dstatesync.replica.kills=500} is the long form; {@code -Dstatesync.replica.seed} repeats the moments and the moods.
 */
class KilledReplicaIT {

    /** More than the edits of one life. */
    private static final long LIFE = 100_000;

    /** With a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final long seed = Long.getLong("statesync.replica.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    @Test
    @DisplayName(
            "MU-D3, MU-D4, MU-D6, MU-O4, MU-T5, MU-R1: what is acknowledged is sent, in order, never after a failure;"
                    + " what is sent twice has one key and is written once")
    void whatIsAcknowledgedIsSentOverAnyNumberOfKills() throws Exception {
        int kills = Integer.getInteger("statesync.replica.kills", 3);
        try (MisbehavingBackend backend = new MisbehavingBackend(directory, seed)) {
            SendingEvidence evidence = backend.evidence();
            for (int life = 0; life < kills; life++) {
                editAndKill(backend, evidence, life);
            }
            drain(backend, evidence, kills);

            assertThat(backend.evidence().complaints()).as("seed %d", seed).isEmpty();
            assertThat(evidence.acknowledged).hasSizeGreaterThanOrEqualTo(kills);
            System.out.println(report(kills, backend, evidence));
        }
    }

    private void editAndKill(MisbehavingBackend backend, SendingEvidence evidence, long life) throws Exception {
        try (ChildJvm child = start(backend, life, "edit")) {
            int count = 1 + random.nextInt(60);
            await().atMost(PATIENCE)
                    .pollInterval(5, TimeUnit.MILLISECONDS)
                    .until(() -> durable(child).count() >= count || ended(child));
            assertThat(ended(child))
                    .as("the process ended by itself, seed %d", seed)
                    .isFalse();
            child.kill();
            durable(child)
                    .map(line -> line.split(" "))
                    .forEach(words -> evidence.acknowledged.put(Long.parseLong(words[1]), words[2]));
        }
        backend.processDied();
    }

    private static Stream<String> durable(ChildJvm child) {
        return child.lines().stream().filter(line -> line.startsWith("DURABLE "));
    }

    private static boolean ended(ChildJvm child) {
        return ProcessHandle.of(child.pid()).map(it -> !it.isAlive()).orElse(true);
    }

    private void drain(MisbehavingBackend backend, SendingEvidence evidence, long life) throws Exception {
        try (ChildJvm child = start(backend, life, "drain")) {
            assertThat(child.awaitEnd()).as("seed %d", seed).isZero();
            assertThat(child.awaitLine("DRAINED")).as("seed %d", seed).isTrue();
            child.lines().stream()
                    .filter(line -> line.startsWith("END "))
                    .map(line -> line.split(" "))
                    .forEach(words -> evidence.ends.put(words[1], end(words)));
        }
        backend.processDied();
    }

    private static End end(String[] words) {
        return new End(
                Long.parseLong(words[2]),
                List.of(words[5].split(",")),
                words[3].equals("COMPLETED"),
                words[4].equals("-") ? null : words[4]);
    }

    private ChildJvm start(MisbehavingBackend backend, long life, String what) throws IOException {
        return ChildJvm.start(
                EditingProcess.class,
                backend.serve(),
                directory.resolve("transactions.db").toString(),
                String.valueOf(life * LIFE),
                what);
    }

    private String report(int kills, MisbehavingBackend backend, SendingEvidence evidence) {
        long completed = evidence.ends.values().stream().filter(End::completed).count();
        return "%d kills with -9: %d transactions acknowledged, %d completed, %d failed, %d sent in %d calls; %s; seed %d"
                .formatted(
                        kills,
                        evidence.acknowledged.size(),
                        completed,
                        evidence.ends.size() - completed,
                        evidence.calls().stream()
                                .map(SendingEvidence.Call::key)
                                .distinct()
                                .count(),
                        evidence.calls().size(),
                        backend.report(),
                        seed);
    }
}
