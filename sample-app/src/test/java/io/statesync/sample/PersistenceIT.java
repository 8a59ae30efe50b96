package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.sample.SampleClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executable jar as a replica that is persisted: its source is away when it starts, and comes back. */
class PersistenceIT {

    private static final String FLAGS = "/api/feature-flags";
    private static final String CURRENCIES = "/api/currencies";
    private static final String DETAILS = "/components/statesync/components/feature-flags/details";

    @TempDir
    private Path atSource;

    @TempDir
    private Path atReplica;

    @Test
    void isUpOnItsLastStateWhileTheSourceIsAwayAndLiveSoonAfterItIsBack() {
        try (SampleProcess source = SampleProcess.source("persistence-source", atSource);
                SampleProcess replica = SampleProcess.persistentReplica("persistence-replica", source, atReplica)) {
            source.start().awaitAnswers();
            source.send("PUT", FLAGS + "/kept", "{\"enabled\":true}");
            long normal = untilItReads(replica);
            eventually().until(() -> state(replica).equals("LIVE"));
            Answer flags = replica.get(FLAGS);
            Answer currencies = replica.get(CURRENCIES);
            eventually().until(() -> replica.get("/actuator/health").status() == 200);
            awaitSaved(atReplica);

            source.kill();
            replica.kill();
            long degraded = untilItReads(replica);

            assertThat(replica.get(FLAGS).body().at("/data"))
                    .isEqualTo(flags.body().at("/data"));
            assertThat(replica.get(FLAGS).text("/revision")).isEqualTo(flags.text("/revision"));
            assertThat(replica.get(CURRENCIES).body().at("/data"))
                    .isEqualTo(currencies.body().at("/data"));
            assertThat(state(replica)).isEqualTo("STALE");
            Answer health = replica.get("/actuator/health");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.body().at(DETAILS + "/restored").asBoolean()).isTrue();
            assertThat(health.text(DETAILS + "/state")).isEqualTo("STALE");
            assertThat(Duration.parse(health.text(DETAILS + "/sinceSaved"))).isPositive();
            assertThat(replica.get("/actuator/health/readiness").status()).isEqualTo(200);

            source.start().awaitAnswers();
            long back = System.nanoTime();
            eventually().until(() -> state(replica).equals("LIVE"));
            System.out.printf(
                    "A replica read its topics %.1f s after its start with its source, %.1f s without it;"
                            + " it was live %.1f s after the source was back (probe interval %d s)%n",
                    normal / 1e9,
                    degraded / 1e9,
                    (System.nanoTime() - back) / 1e9,
                    SampleProcess.PROBE_INTERVAL.toSeconds());
            assertThat(replica.get("/actuator/health")
                            .body()
                            .at(DETAILS + "/restored")
                            .isMissingNode())
                    .isTrue();
        }
    }

    /** Starts it, and answers how long it took until both topics could be read. */
    private static long untilItReads(SampleProcess replica) {
        long begun = System.nanoTime();
        replica.start().awaitAnswers();
        eventually()
                .until(() -> replica.get(FLAGS).status() == 200
                        && replica.get(CURRENCIES).status() == 200);
        return System.nanoTime() - begun;
    }

    private static void awaitSaved(Path directory) {
        eventually()
                .until(() -> directory
                                .resolve("replica/t-feature-flags.snapshot")
                                .toFile()
                                .exists()
                        && directory
                                .resolve("replica/t-currencies.snapshot")
                                .toFile()
                                .exists());
    }

    private static String state(SampleProcess replica) {
        return replica.get(FLAGS).text("/state");
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50));
    }
}
