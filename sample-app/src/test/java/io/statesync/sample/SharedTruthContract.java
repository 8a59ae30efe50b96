package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.sample.SampleClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two instances with the same profile, and a replica that hears them over the same server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SharedTruthContract {

    private final String profile;
    private Path data;

    Instance one;
    Instance other;
    Instance replica;

    SharedTruthContract(String profile) {
        this.profile = profile;
    }

    /** Starts a server, before anything else. */
    abstract void startServer() throws Exception;

    abstract void stopServer() throws Exception;

    /** Says where the server is, by Spring's own property. */
    abstract String server();

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        this.data = data;
        startServer();
        one = instance(profile);
        other = instance(profile);
        replica = instance(profile + ",replica", "--sample.source-url=" + one.url());
        eventually().until(() -> one.isLive() && other.isLive() && replica.isLive());
    }

    @AfterAll
    void end() throws Exception {
        replica.close();
        other.close();
        one.close();
        stopServer();
    }

    Instance instance(String profiles, String... arguments) {
        String[] all = {server(), "--sample.data-dir=" + data};
        return new Instance(
                profiles, Stream.of(all, arguments).flatMap(Stream::of).toArray(String[]::new));
    }

    @Test
    void anEditAtEitherInstanceIsReadEverywhereUnderItsRevision() {
        Revision first = one.put("edited", true);
        assertThat(one.flags().revision()).isEqualTo(first);
        arrives(first, true, other, replica);

        Revision second = other.put("edited", false);
        assertThat(second.isNewerThan(first)).isTrue();
        assertThat(other.flags().revision()).isEqualTo(second);
        arrives(second, false, one, replica);
    }

    @Test
    void whatOneInstanceDeletesIsGoneAtTheOther() {
        one.put("deleted", true);

        Revision deleted = other.delete("deleted");

        eventually().until(() -> one.flags().revision().equals(deleted));
        assertThat(one.flags().body().at("/data").has("deleted")).isFalse();
        assertThat(one.send("DELETE", "/api/feature-flags/deleted", "").status())
                .isEqualTo(404);
    }

    @Test
    void editsAtBothInstancesAtOnceUndoNothing() {
        IntStream.range(0, 40).parallel().forEach(i -> (i % 2 == 0 ? one : other).put("at-once-" + i / 2, true));

        eventually().untilAsserted(() -> {
            Answer truth = one.flags();
            assertThat(truth.body().at("/data").propertyNames())
                    .filteredOn(name -> name.startsWith("at-once-"))
                    .hasSize(20);
            assertThat(other.flags()).isEqualTo(truth);
            assertThat(replica.flags()).isEqualTo(truth);
        });
    }

    @Test
    void theOtherTopicIsCountedForAllInstances() {
        Revision reloaded = other.send("POST", "/api/currencies/reload", "").revision();

        eventually()
                .until(() -> one.get("/api/currencies").revision().equals(reloaded)
                        && replica.get("/api/currencies").revision().equals(reloaded));
        assertThat(one.get("/api/currencies").text("/data/EUR/numericCode")).isEqualTo("978");
    }

    @Test
    void onlyInstancesOfTheSourceAreWrittenTo() {
        Answer refused = replica.send("PUT", "/api/feature-flags/a", "{\"enabled\":true}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/source")).isEqualTo(one.url());
    }

    @Test
    void allAreHealthy() {
        assertThat(one.get("/actuator/health").text("/status")).isEqualTo("UP");
        assertThat(other.get("/actuator/health").text("/status")).isEqualTo("UP");
        assertThat(replica.get("/actuator/health").text("/status")).isEqualTo("UP");
    }

    private static void arrives(Revision revision, boolean enabled, Instance... instances) {
        for (Instance instance : instances) {
            eventually().until(() -> instance.flags().revision().equals(revision));
            assertThat(instance.flags().body().at("/data/edited/enabled").booleanValue())
                    .isEqualTo(enabled);
        }
    }

    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }
}
