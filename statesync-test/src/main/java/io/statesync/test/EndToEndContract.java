package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.SnapshotEnvelope;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the contracts of section E2E, many replicas of one source, have in common. They run in virtual time on a {@link
 * SimulatedCluster}, over any transport that delivers on the publisher's thread; a test gives that transport and a way to
 * copy data, and no more. Over a transport with threads of its own, {@link ConvergenceScenarios} runs ten of the cases.
 */
public abstract class EndToEndContract {

    /** Virtual time in which replicas converge while events reach them. */
    private static final Duration PROMPT = Duration.ofSeconds(10);

    SimulatedCluster cluster;

    /** A new cluster over a new transport. */
    protected abstract SimulatedCluster cluster();

    @BeforeEach
    void setTheStage() {
        cluster = cluster();
    }

    @AfterEach
    void clearTheStage() {
        cluster.close();
        assertThat(cluster.failures()).as("what escaped from tasks").isEmpty();
    }

    SimulatedReplica started(String name) {
        return cluster.replica(name).start();
    }

    SimulatedReplica[] started(int count) {
        SimulatedReplica[] replicas = new SimulatedReplica[count];
        Arrays.setAll(replicas, i -> started(Character.toString('A' + i)));
        return replicas;
    }

    /** Changes happen, one after the other, with so many milliseconds before each. */
    void repeat(int times, long pause, Runnable change) {
        for (int i = 0; i < times; i++) {
            cluster.pass(pause);
            change.run();
        }
    }

    /** Round-robin: each of the replicas counts in its turn. */
    void countInTurn(int times, long pause, SimulatedReplica... replicas) {
        for (int i = 0; i < times; i++) {
            cluster.pass(pause);
            replicas[i % replicas.length].count();
        }
    }

    void converge(SimulatedReplica... replicas) {
        converge(PROMPT, replicas);
    }

    /** Replicas whose last event was lost converge with the next probe: an interval, 20 % of it, and a fetch. */
    void convergeAfterAProbe(SimulatedReplica... replicas) {
        converge(SimulatedCluster.PROBE_INTERVAL.multipliedBy(6).dividedBy(5).plusSeconds(1), replicas);
    }

    private void converge(Duration patience, SimulatedReplica... replicas) {
        cluster.converge(patience, replicas);
        for (SimulatedReplica replica : replicas) {
            assertThat(replica.revisions())
                    .as("revisions applied by %s", replica.name())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    int storedCount() {
        return States.count(cluster.store().data());
    }

    static Object[] countsApplied(SimulatedReplica replica) {
        return replica.applied().stream()
                .map(SnapshotEnvelope::data)
                .map(data -> data == null ? null : data.get(States.COUNT))
                .toArray();
    }
}
