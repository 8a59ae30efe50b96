package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.sample.SampleClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The executable jar, twice: a source and a replica in two JVMs, over STOMP and HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoProcessesIT {

    private static final String FLAGS = "/api/feature-flags";
    private static final String CURRENCIES = "/api/currencies";
    private static final int EDITS = 300;
    private static final Set<Integer> KILLED_AT = Set.of(75, 150, 225);

    /** So that each kill hits a connection that is up, and some edits happen while none is. */
    private static final Set<Integer> CAUGHT_UP_AT = Set.of(100, 175, 250);

    private SampleProcess source;
    private SampleProcess replica;

    @BeforeAll
    void start(@TempDir Path data) {
        source = SampleProcess.source("source", data);
        replica = SampleProcess.replica("replica", source);
        source.start();
        replica.start();
        source.awaitAnswers();
        replica.awaitAnswers();
        awaitLive(replica);
    }

    @AfterAll
    void end() {
        replica.close();
        source.close();
    }

    @Test
    void anEditAtTheSourceIsReadableAtTheReplica() {
        awaitLive(replica);
        List<Long> micros = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            long begun = System.nanoTime();
            Revision edit = put(source, "timed", i % 2 == 0);
            eventually()
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> !edit.isNewerThan(revision(replica.get(FLAGS))));
            micros.add((System.nanoTime() - begun) / 1000);
            assertThat(replica.get(FLAGS).body().at("/data/timed/enabled").booleanValue())
                    .isEqualTo(i % 2 == 0);
        }
        micros.sort(null);
        System.out.printf(
                "An edit was readable at the replica %.1f ms after it was sent to the source (median of %d; slowest %.1f ms)%n",
                micros.get(micros.size() / 2) / 1000.0, micros.size(), micros.get(micros.size() - 1) / 1000.0);
    }

    @Test
    void theCurrenciesArriveWhole() {
        Answer truth = source.get(CURRENCIES);
        eventually().until(() -> replica.get(CURRENCIES).body().equals(truth.body()));
        assertThat(truth.body().toString().length()).isGreaterThan(100_000);

        Revision reloaded = revision(source.send("POST", CURRENCIES + "/reload", ""));

        eventually().until(() -> revision(replica.get(CURRENCIES)).equals(reloaded));
        assertThat(replica.get(CURRENCIES).body().at("/data"))
                .isEqualTo(truth.body().at("/data"));
    }

    @Test
    void overThreeKillsOfTheSourceTheReplicaNeverGoesBackAndEndsOnTheLastState() {
        try (ReplicaWatch watch = new ReplicaWatch(replica)) {
            for (int i = 1; i <= EDITS; i++) {
                if (KILLED_AT.contains(i)) {
                    killInTheMiddleOfAnEdit("edit-" + i);
                } else if (CAUGHT_UP_AT.contains(i)) {
                    awaitLive(replica);
                }
                put(source, "edit-" + i, i % 2 == 0);
            }
            Answer truth = source.get(FLAGS);
            assertThat(truth.body().at("/data").propertyNames()).hasSizeGreaterThanOrEqualTo(EDITS);

            eventually().until(() -> replica.get(FLAGS).body().equals(truth.body()));

            assertThat(watch.complaints()).isEmpty();
            assertThat(watch.looks()).isPositive();
        }
    }

    @Test
    void aReplicaThatIsStartedFirstWaitsForItsSourceAndOutlivesIt(@TempDir Path data) {
        try (SampleProcess late = SampleProcess.source("late-source", data);
                SampleProcess early = SampleProcess.replica("early-replica", late)) {
            early.start().awaitAnswers();
            waitsAndSaysSo(early, late);

            late.start().awaitAnswers();
            Revision edit = put(late, "a", true);
            awaitLive(early);
            eventually().until(() -> revision(early.get(FLAGS)).equals(edit));
            assertThat(early.get("/actuator/health").status()).isEqualTo(200);

            late.kill();
            eventually().until(() -> state(early).equals("STALE"));
            assertThat(early.get(FLAGS).body().toString())
                    .isEqualTo(
                            "{\"revision\":\"" + edit + "\",\"state\":\"STALE\",\"data\":{\"a\":{\"enabled\":true}}}");

            late.start().awaitAnswers();
            awaitLive(early);
            eventually()
                    .until(() -> early.get(FLAGS).body().equals(late.get(FLAGS).body()));
            assertThat(revision(early.get(FLAGS)).isNewerThan(edit)).isTrue();
        }
    }

    private static void waitsAndSaysSo(SampleProcess replica, SampleProcess source) {
        Answer answer = replica.get(FLAGS);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("/detail")).contains("feature-flags", "/actuator/health");
        assertThat(replica.get("/actuator/health/liveness").status()).isEqualTo(200);
        eventually().untilAsserted(() -> {
            Answer health = replica.get("/actuator/health");
            String topic = "/components/statesync/components/feature-flags";
            // it said that it can do without: startup is "background"
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.text(topic + "/status")).isEqualTo("UNKNOWN");
            assertThat(health.text(topic + "/details/source")).contains(source.url());
            assertThat(health.text(topic + "/details/error")).contains("ConnectException");
        });
    }

    /** The edit that is under way when the process dies may be done or not; what was answered before must be there. */
    private void killInTheMiddleOfAnEdit(String name) {
        Answer before = source.get(FLAGS);
        CompletableFuture<Answer> underWay = source.sendAsync("PUT", FLAGS + "/" + name, "{\"enabled\":true}");
        source.kill();
        eventually().until(underWay::isDone);

        source.start().awaitAnswers();

        Answer after = source.get(FLAGS);
        assertThat(after.body().at("/data").propertyNames())
                .containsAll(before.body().at("/data").propertyNames());
        assertThat(revision(after).isNewerThan(revision(before))).isTrue();
    }

    private static Revision put(SampleProcess source, String name, boolean enabled) {
        Answer answer = source.send("PUT", FLAGS + "/" + name, "{\"enabled\":" + enabled + "}");
        assertThat(answer.status()).isEqualTo(200);
        return revision(answer);
    }

    private static void awaitLive(SampleProcess replica) {
        eventually().until(() -> state(replica).equals("LIVE"));
    }

    private static String state(SampleProcess replica) {
        return replica.get(FLAGS).text("/state");
    }

    private static Revision revision(Answer answer) {
        return Revision.parse(answer.text("/revision"));
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50));
    }
}
