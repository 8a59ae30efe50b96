package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.SnapshotEnvelope;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Snapshots that take long, fail, hang, or are old when they arrive. */
public abstract class EndToEndSlownessContract extends EndToEndContract {

    @Test
    @DisplayName("E2E-09: five quick changes cost a replica with 100 ms fetches at most 3 of them")
    void quickChangesCoalesce() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = slow("B", 100);
        repeat(5, 2, a::count);
        converge(b);
        cluster.pass(1000);
        assertThat(b.data()).containsEntry("count", 5);
        assertThat(b.fetches()).isLessThanOrEqualTo(3);
    }

    @Test
    @DisplayName("E2E-15: replicas with random fetch times of 10 to 100 ms converge within 10 s")
    void randomFetchTimesConverge() {
        SimulatedReplica[] all = started(3);
        for (SimulatedReplica replica : all) {
            replica.reader().latency(Duration.ofMillis(10)).jitter(Duration.ofMillis(90));
        }
        countInTurn(20, 5, all);
        converge(all);
        assertThat(storedCount()).isEqualTo(20);
    }

    @Test
    @DisplayName("E2E-16: a hanging fetch that resolves after the stop applies nothing")
    void aHangingFetchAppliesNothingAfterStop() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = started("B");
        Runnable resolve = b.reader().hangNext();
        a.count();
        cluster.pass(10);
        b.stop();
        resolve.run();
        cluster.pass(100);
        assertThat(b.reader().delivered()).isEqualTo(2);
        assertThat(countsApplied(b)).containsExactly(0);
    }

    @Test
    @DisplayName("E2E-23: a slow replica closed in the middle of its fetch does not disturb the others")
    void closingASlowReplicaDisturbsNobody() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = slow("B", 100);
        SimulatedReplica c = started("C");
        a.count();
        cluster.pass(30);
        b.close();
        converge(a, c);
        cluster.pass(200);
        assertThat(countsApplied(b)).containsExactly(0);
    }

    @Test
    @DisplayName("E2E-24: a replica whose 200 ms fetches become instant ends on the second change")
    void aReplicaThatBecomesFastEndsOnTheSecondChange() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = slow("B", 200);
        a.count();
        cluster.pass(50);
        b.reader().latency(Duration.ZERO);
        a.count();
        converge(b);
        assertThat(b.data()).containsEntry("count", 2);
    }

    @Test
    @DisplayName("E2E-29: a replica whose 2nd and 4th fetch fail converges and has reported both")
    void failingFetchesAreReportedAndOvercome() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = started("B");
        b.reader().failOn(2, 4);
        repeat(8, 10, a::count);
        converge(b);
        List<SyncErrorContext> errors = b.heard().errors(SyncPhase.GET_SNAPSHOT);
        assertThat(errors).hasSize(2);
        assertThat(errors).extracting(SyncErrorContext::error).hasOnlyElementsOfType(IOException.class);
        assertThat(b.heard().errors()).isEqualTo(errors);
    }

    @Test
    @DisplayName("E2E-30: a fast and a slow replica both end on twenty, the fast one with at least as many applies")
    void fastAndSlowReplicasBothConverge() {
        SimulatedReplica fast = started("fast");
        SimulatedReplica slow = slow("slow", 80);
        repeat(20, 10, fast::count);
        converge(fast, slow);
        assertThat(fast.applied()).hasSizeGreaterThanOrEqualTo(slow.applied().size());
        assertThat(fast.data()).containsEntry("count", 20);
        assertThat(slow.data()).containsEntry("count", 20);
    }

    @Test
    @DisplayName("E2E-38: thirty rapid changes cost a replica with fetches of 5 to 15 ms fewer than 30 of them")
    void rapidChangesCoalesceUnderJitter() {
        cluster.bus().jitter(Duration.ofMillis(3));
        SimulatedReplica a = started("A");
        SimulatedReplica b = started("B");
        b.reader().latency(Duration.ofMillis(5)).jitter(Duration.ofMillis(10));
        repeat(30, 1, a::count);
        converge(b);
        assertThat(b.fetches()).isLessThan(30);
    }

    @Test
    @DisplayName("E2E-44: a replica whose fetch hangs while another change follows converges once it resolves")
    void aHangThatResolvesIsOvercome() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = started("B");
        Runnable resolve = b.reader().hangNext();
        a.count();
        cluster.pass(10);
        a.count();
        cluster.pass(10);
        assertThat(countsApplied(b)).containsExactly(0);
        resolve.run();
        converge(a, b);
        assertThat(b.data()).containsEntry("count", 2);
    }

    @Test
    @DisplayName("E2E-45: five panels with mixed latency and jitter converge on the last of four actions")
    void mixedPanelsConverge() {
        cluster.bus().jitter(Duration.ofMillis(8));
        SimulatedReplica[] panels = started(5);
        for (int i = 0; i < panels.length; i++) {
            panels[i].reader().latency(Duration.ofMillis(7L * i)).jitter(Duration.ofMillis(3L * i));
        }
        for (int action = 1; action <= 4; action++) {
            panels[action].put("action", "step " + action);
            cluster.pass(6);
        }
        converge(panels);
        assertThat(panels).allSatisfy(panel -> assertThat(panel.data()).containsEntry("action", "step 4"));
    }

    @Test
    @DisplayName("E2E-47: twenty rapid changes, announced asynchronously, cost fewer than 20 fetches of 2 ms")
    void rapidAsynchronousChangesCoalesce() {
        cluster.bus().asynchronous();
        SimulatedReplica a = started("A");
        SimulatedReplica b = slow("B", 2);
        repeat(20, 1, a::count);
        converge(a, b);
        assertThat(b.data()).containsEntry("count", 20);
        assertThat(b.fetches()).isLessThan(20);
    }

    @Test
    @DisplayName("E2E-48: four replicas that slow each other down all converge on one change")
    void replicasConvergeUnderContention() {
        cluster.store().contention(Duration.ofMillis(15));
        SimulatedReplica[] all = started(4);
        Arrays.stream(all).forEach(replica -> replica.reader().latency(Duration.ofMillis(5)));
        all[0].count();
        converge(all);
        assertThat(all)
                .extracting(SimulatedReplica::applied)
                .allSatisfy(applied -> assertThat(applied)
                        .extracting(SnapshotEnvelope::data)
                        .last()
                        .isEqualTo(Map.of(States.COUNT, 1)));
    }

    private SimulatedReplica slow(String name, long millis) {
        SimulatedReplica replica = cluster.replica(name);
        replica.reader().latency(Duration.ofMillis(millis));
        return replica.start();
    }
}
