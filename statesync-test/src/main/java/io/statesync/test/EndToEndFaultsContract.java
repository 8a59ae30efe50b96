package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.RefreshOutcome;
import io.statesync.RefreshReport;
import io.statesync.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Events that are lost, doubled, shuffled or late. What is lost for good is found by the next probe (P8). */
public abstract class EndToEndFaultsContract extends EndToEndContract {

    @Test
    @DisplayName("E2E-06: events in reverse order end on the newest data")
    void reversedEventsEndOnTheNewestData() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = started("B");
        b.link().hold();
        repeat(3, 1, a::count);
        cluster.pass(50);
        assertThat(countsApplied(b)).containsExactly(0);
        b.link().releaseReversed();
        converge(b);
        assertThat(b.data()).containsEntry("count", 3);
    }

    @Test
    @DisplayName("E2E-37: three replicas converge under 20 ms of broadcast jitter")
    void broadcastJitterConverges() {
        cluster.bus().jitter(Duration.ofMillis(20));
        SimulatedReplica[] all = started(3);
        countInTurn(10, 4, all);
        converge(all);
        assertThat(storedCount()).isEqualTo(10);
    }

    @Test
    @DisplayName("E2E-46: an asynchronous broadcast converges")
    void anAsynchronousBroadcastConverges() {
        cluster.bus().asynchronous();
        SimulatedReplica a = started("A");
        SimulatedReplica b = started("B");
        a.count();
        assertThat(countsApplied(b)).containsExactly(0);
        converge(b);
    }

    @Test
    @DisplayName("E2E-49: a change whose event arrives twice costs at most 3 fetches")
    void duplicatesCostLittle() {
        cluster.bus().duplicates(1);
        SimulatedReplica a = started("A");
        SimulatedReplica b = started("B");
        a.count();
        converge(b);
        cluster.pass(1000);
        assertThat(b.fetches()).isLessThanOrEqualTo(3);
    }

    @Test
    @DisplayName("E2E-50: with 30 % loss, the last event lost too, the next probe converges")
    void theProbeFindsALostLastEvent() {
        cluster.bus().loss(0.3);
        SimulatedReplica a = started("A");
        SimulatedReplica b = cluster.probed("B").start();
        repeat(49, 5, a::count);
        loseTheLastEventOf(a::count);
        cluster.pass(1000);
        assertThat(b.sync().localRevision()).isLessThan(new Revision(50));
        convergeAfterAProbe(b);
        assertThat(b.data()).containsEntry("count", 50);
        assertThat(repairs(b)).hasSize(1);
    }

    @Test
    @DisplayName("E2E-51: asynchronous, jittery and contended, three replicas converge on equal, unshared data")
    void equalAndUnsharedUnderFaults() {
        cluster.bus().asynchronous().jitter(Duration.ofMillis(10));
        cluster.store().contention(Duration.ofMillis(5));
        SimulatedReplica[] all = started(3);
        for (int action = 1; action <= 4; action++) {
            all[action % 3].put("action", Map.of("step", action));
            cluster.pass(3);
        }
        converge(all);
        assertEqualAndUnshared(all);
    }

    @Test
    @DisplayName("E2E-55: with 20 % loss, 30 % duplicates and jitter, three replicas converge on forty")
    void lossAndDuplicatesConverge() {
        cluster.bus().loss(0.2).duplicates(0.3).jitter(Duration.ofMillis(15));
        SimulatedReplica[] all = probed(3);
        countInTurn(40, 9, all);
        convergeAfterAProbe(all);
        assertThat(all).allSatisfy(replica -> assertThat(replica.data()).containsEntry("count", 40));
    }

    @Test
    @DisplayName("E2E-57: seven panels with every fault at once converge on equal, unshared state after five actions")
    void sevenPanelsConvergeWithEveryFault() {
        cluster.bus().asynchronous().delay(Duration.ofMillis(5)).jitter(Duration.ofMillis(25));
        cluster.bus().loss(0.1).duplicates(0.2);
        cluster.store().contention(Duration.ofMillis(2));
        SimulatedReplica[] panels = probed(7);
        for (int i = 0; i < panels.length; i++) {
            panels[i].reader().latency(Duration.ofMillis(4L * i)).jitter(Duration.ofMillis(10));
        }
        for (int action = 1; action <= 5; action++) {
            panels[action].put("action", Map.of("step", action, "by", panels[action].name()));
            cluster.pass(8);
        }
        convergeAfterAProbe(panels);
        assertEqualAndUnshared(panels);
    }

    @Test
    @DisplayName("E2E-59: with loss, duplicates and jitter, the last message lost, both converge after the next probe")
    void messagesConvergeAfterTheNextProbe() {
        cluster.bus().loss(0.2).duplicates(0.3).jitter(Duration.ofMillis(10));
        SimulatedReplica[] both = probed(2);
        countInTurn(19, 6, both);
        loseTheLastEventOf(both[1]::count);
        cluster.pass(1000);
        assertThat(both)
                .allSatisfy(
                        replica -> assertThat(replica.sync().localRevision()).isLessThan(new Revision(20)));
        convergeAfterAProbe(both);
        assertThat(both).allSatisfy(replica -> assertThat(replica.data()).containsEntry("count", 20));
    }

    private void loseTheLastEventOf(Runnable change) {
        // what is still on its way would bring the last change too
        cluster.pass(20);
        cluster.bus().dropNext();
        change.run();
    }

    private SimulatedReplica[] probed(int count) {
        return Stream.iterate('A', letter -> (char) (letter + 1))
                .limit(count)
                .map(letter -> cluster.probed(letter.toString()).start())
                .toArray(SimulatedReplica[]::new);
    }

    private static List<RefreshReport> repairs(SimulatedReplica replica) {
        return replica.heard().reports(RefreshOutcome.APPLIED).stream()
                .filter(RefreshReport::probeRepair)
                .toList();
    }

    private static void assertEqualAndUnshared(SimulatedReplica... replicas) {
        Object action = replicas[0].data().get("action");
        assertThat(action).isNotNull();
        for (SimulatedReplica other : List.of(replicas).subList(1, replicas.length)) {
            assertThat(other.data()).isEqualTo(replicas[0].data()).isNotSameAs(replicas[0].data());
            assertThat(other.data().get("action")).isEqualTo(action).isNotSameAs(action);
        }
    }
}
