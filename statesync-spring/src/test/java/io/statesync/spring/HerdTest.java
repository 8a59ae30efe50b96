package io.statesync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.RevisionProbe;
import io.statesync.policy.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What many replicas with the starter's defaults do to a source, and what it costs them. Virtual time, one seed a run. */
class HerdTest {

    private static final Duration WAY = Duration.ofMillis(150);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** The longest interval of the probe. */
    private static final Duration INTERVAL =
            RevisionProbe.DEFAULT_INTERVAL.multipliedBy(6).dividedBy(5);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void withoutAnyEventNoReplicaIsEverOlderThanTheProbePromises(long seed) {
        Duration body = Duration.ofSeconds(2);
        // to ask and to fetch: a way each, and the body's
        Duration promised = INTERVAL.plus(WAY).plus(WAY).plus(body);
        try (Herd herd = new Herd(seed).replicas(15)) {
            herd.http.latency(WAY, body);
            herd.live();
            herd.dropEvents();
            herd.changes(40 + (int) seed * 10, Duration.ofMinutes(10));

            Duration worst = worstAge(herd, Duration.ofMinutes(10), promised);

            System.out.println("Seed " + seed + ": all events lost for 10 min, the oldest copy was " + worst.toMillis()
                    + " ms behind of " + promised.toMillis() + " ms promised");
            // a check that nothing comes near would prove nothing
            assertThat(worst).isGreaterThan(RevisionProbe.DEFAULT_INTERVAL);
            assertThat(herd.simulation.failures()).isEmpty();
        }
    }

    /** Looks at every replica after every step, and at how old it had become when the step came. */
    private static Duration worstAge(Herd herd, Duration time, Duration promised) {
        long end = herd.now() + time.toNanos();
        Map<HerdReplica, Revision> held = new HashMap<>();
        List<Duration> worst = new ArrayList<>(List.of(Duration.ZERO));
        herd.simulation.until(
                "time has passed",
                () -> {
                    for (HerdReplica replica : herd.replicas) {
                        Revision before = held.getOrDefault(replica, replica.local());
                        Duration age = herd.olderBy(before);
                        assertThat(age).isLessThanOrEqualTo(promised);
                        worst.set(0, age.compareTo(worst.get(0)) > 0 ? age : worst.get(0));
                        held.put(replica, replica.local());
                    }
                    return herd.now() - end >= 0;
                },
                time.plus(MINUTE));
        return worst.get(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 1_000, 4_000})
    void twoHundredReplicasAndOneInvalidationAreServedTwentyAtATime(long bodyMillis) {
        try (Herd herd = new Herd(bodyMillis).replicas(200)) {
            herd.http.latency(WAY, Duration.ofMillis(bodyMillis));
            herd.live();
            herd.replicas.forEach(HerdReplica::forgetRequests);

            herd.change();
            Duration taken = herd.converge(Duration.ofMinutes(10));

            System.out.println(
                    "200 replicas, one invalidation, a body of at most " + bodyMillis + " ms: all converged in "
                            + taken.toMillis() + " ms, at most " + herd.http.mostServed() + " bodies at once, "
                            + herd.http.turnedAway() + " requests were turned away, start included, "
                            + herd.average(HerdReplica::fetches) + " fetches per replica");
            assertThat(herd.http.mostServed()).isEqualTo(20);
            assertThat(herd.simulation.failures()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aSourceThatIsBusyForAMinuteGetsFifteenRequestsPerReplicaAtTheMost(long seed) {
        assertThat(requestsInAMinute("running", seed, null, null)).isLessThanOrEqualTo(15);
        assertThat(requestsAtTheStart("starting", seed, null, null)).isLessThanOrEqualTo(15);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aSourceThatSaysWhenToComeAgainGetsFiveAtTheMost(long seed) {
        assertThat(requestsInAMinute("running", seed, 30, null)).isLessThanOrEqualTo(5);
        assertThat(requestsAtTheStart("starting", seed, 30, null)).isLessThanOrEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theRetryWrapperMultipliesTheRequestsByItsAttemptsAndStaysBounded(long seed) {
        RetryPolicy three = RetryPolicy.DEFAULT;
        assertThat(requestsInAMinute("running", seed, null, three)).isLessThanOrEqualTo(40);
        assertThat(requestsAtTheStart("starting", seed, null, three)).isLessThanOrEqualTo(40);
        assertThat(requestsInAMinute("running", seed, 30, three)).isLessThanOrEqualTo(5);
        assertThat(requestsAtTheStart("starting", seed, 30, three)).isLessThanOrEqualTo(5);
    }

    private static double requestsInAMinute(
            String what, long seed, @Nullable Integer retryAfter, @Nullable RetryPolicy retry) {
        try (Herd herd = new Herd(seed).replicas(100, Herd.ONE, seeded(retry, seed))) {
            herd.http.latency(WAY, Duration.ofMillis(100));
            herd.live();
            herd.replicas.forEach(HerdReplica::forgetRequests);
            herd.http.busy(true, retryAfter);
            herd.change();
            return afterAMinute(herd, what, seed, retryAfter, retry);
        }
    }

    private static double requestsAtTheStart(
            String what, long seed, @Nullable Integer retryAfter, @Nullable RetryPolicy retry) {
        try (Herd herd = new Herd(seed).replicas(100, Herd.ONE, seeded(retry, seed))) {
            herd.http.latency(WAY, Duration.ofMillis(100));
            herd.http.busy(true, retryAfter);
            herd.start();
            return afterAMinute(herd, what, seed, retryAfter, retry);
        }
    }

    private static @Nullable RetryPolicy seeded(@Nullable RetryPolicy retry, long seed) {
        return retry == null ? null : retry.withJitter(new java.util.Random(seed)::nextDouble);
    }

    private static double afterAMinute(
            Herd herd, String what, long seed, @Nullable Integer retryAfter, @Nullable RetryPolicy retry) {
        herd.simulation.run(MINUTE);
        double requests = herd.average(HerdReplica::requests);
        System.out.println("Seed " + seed + ", " + what + ", 503 for a minute, Retry-After " + retryAfter
                + (retry == null ? "" : ", retry wrapper") + ": " + requests + " requests per replica, at most "
                + herd.most(HerdReplica::requests) + ", of the probe "
                + herd.average(HerdReplica::questions));
        if (retryAfter != null) {
            assertThat(herd.most(HerdReplica::requests)).isLessThanOrEqualTo(5);
        }
        herd.http.busy(false, null);
        herd.converge(Duration.ofMinutes(2));
        assertThat(herd.simulation.failures()).isEmpty();
        return requests;
    }

    @Test
    void aDeadInstanceCostsOneRequestAndNoStorm() {
        List<URI> two =
                Stream.of("http://one:8080", "http://two:8080").map(URI::create).toList();
        try (Herd herd = new Herd(1).replicas(50, two, null)) {
            herd.http.latency(WAY, Duration.ofMillis(100));
            herd.live();
            herd.replicas.forEach(HerdReplica::forgetRequests);
            herd.http.kill("one");
            herd.dropEvents();
            herd.change();

            herd.converge(Duration.ofMinutes(1));
            herd.simulation.run(Duration.ofMinutes(10));

            // the question that found the instance dead, and found the change at the other one, which stays the first
            assertThat(herd.most(HerdReplica::fetches)).isEqualTo(1);
            assertThat(herd.most(HerdReplica::questions)).isLessThanOrEqualTo(1 + 11 * 60 / 24 + 1);
        }
    }

    @Test
    void theSameSeedPlaysTheSameRun() {
        assertThat(requestsInAMinute("running", 7, null, null)).isEqualTo(requestsInAMinute("running", 7, null, null));
    }
}
