package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.RefreshOutcome;
import io.statesync.Revision;
import io.statesync.SyncState;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Replicas that hear everything and reach their source: they end where it ended. */
public abstract class EndToEndConvergenceContract extends EndToEndContract {

    @Test
    @DisplayName("E2E-01: a change by one replica reaches the other")
    void aChangeReachesTheOtherReplica() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = started("B");
        a.count();
        converge(b);
        assertThat(b.sync().localRevision()).isEqualTo(cluster.store().revision());
        assertThat(b.data()).isEqualTo(cluster.store().data()).containsEntry("count", 1);
        assertThat(b.sync().status().state()).isEqualTo(SyncState.LIVE);
    }

    @Test
    @DisplayName("E2E-02: a change by one replica reaches two others")
    void aChangeReachesTwoOthers() {
        SimulatedReplica[] all = started(3);
        all[0].count();
        converge(all[1], all[2]);
    }

    @Test
    @DisplayName("E2E-04: ten alternating changes 5 ms apart end on ten everywhere")
    void alternatingChangesAddUp() {
        SimulatedReplica[] both = started(2);
        countInTurn(10, 5, both);
        converge(both);
        assertThat(storedCount()).isEqualTo(10);
        assertThat(both[1].data()).containsEntry("count", 10);
    }

    @Test
    @DisplayName("E2E-05: two writers back to back end on the last write")
    void theLastOfTwoWritesWins() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = started("B");
        a.put("owner", "A");
        b.put("owner", "B");
        converge(a, b);
        assertThat(a.data()).containsEntry("owner", "B");
        assertThat(b.data()).containsEntry("owner", "B");
    }

    @Test
    @DisplayName("E2E-11: fifteen changes round-robin by three replicas end on fifteen everywhere")
    void roundRobinChangesAddUp() {
        SimulatedReplica[] all = started(3);
        countInTurn(15, 0, all);
        converge(all);
        assertThat(storedCount()).isEqualTo(15);
    }

    @Test
    @DisplayName("E2E-14: five replicas follow fifty changes with fewer than 250 fetches")
    void fetchesOfManyReplicasCoalesce() {
        SimulatedReplica[] all = started(5);
        Arrays.stream(all).forEach(replica -> replica.reader().latency(Duration.ofMillis(5)));
        countInTurn(50, 2, all);
        converge(all);
        assertThat(storedCount()).isEqualTo(50);
        assertThat(Arrays.stream(all).mapToInt(SimulatedReplica::fetches).sum()).isLessThan(250);
    }

    @Test
    @DisplayName("E2E-19: three changes with identical data still bring everyone to revision 3")
    void identicalDataHasItsOwnRevisions() {
        SimulatedReplica[] both = started(2);
        repeat(3, 1, () -> both[0].put("theme", "dark"));
        converge(both);
        assertThat(both[0].sync().localRevision()).isEqualTo(new Revision(3));
        assertThat(both[1].sync().localRevision()).isEqualTo(new Revision(3));
    }

    @Test
    @DisplayName("E2E-21: where nothing happens, each of three replicas applies exactly once")
    void quietMeansOneApplyEach() {
        SimulatedReplica[] all = started(3);
        cluster.pass(100);
        assertThat(all).allSatisfy(replica -> {
            assertThat(replica.applied()).hasSize(1);
            assertThat(replica.fetches()).isEqualTo(1);
        });
    }

    @Test
    @DisplayName("E2E-22: two waves of ten with 200 ms of silence converge after each wave")
    void eachWaveConverges() {
        SimulatedReplica[] both = started(2);
        countInTurn(10, 0, both);
        converge(both);
        assertThat(both[1].data()).containsEntry("count", 10);
        cluster.pass(200);
        countInTurn(10, 0, both);
        converge(both);
        assertThat(both[1].data()).containsEntry("count", 20);
    }

    @Test
    @DisplayName("E2E-25: one change reaches ten replicas")
    void aChangeReachesTenReplicas() {
        SimulatedReplica[] all = started(10);
        all[3].count();
        converge(all);
        assertThat(all).allSatisfy(replica -> assertThat(replica.data()).containsEntry("count", 1));
    }

    @Test
    @DisplayName("E2E-31: a single replica converges on its own third change")
    void aSingleReplicaFollowsItself() {
        SimulatedReplica only = started("A");
        repeat(3, 0, only::count);
        converge(only);
        assertThat(only.data()).containsEntry("count", 3);
    }

    @Test
    @DisplayName("E2E-32: a hundred changes in one go end on a hundred everywhere")
    void aHundredChangesAtOnceConverge() {
        SimulatedReplica[] both = started(2);
        for (int i = 0; i < 100; i++) {
            both[0].count();
        }
        converge(both);
        assertThat(both[1].data()).containsEntry("count", 100);
    }

    @Test
    @DisplayName("E2E-33: a jump of the revision to 999 is followed")
    void aJumpOfTheRevisionIsFollowed() {
        SimulatedReplica[] both = started(2);
        cluster.store().update("A", UnaryOperator.identity(), new Revision(999));
        converge(both);
        assertThat(both[0].sync().localRevision()).isEqualTo(new Revision(999));
        assertThat(both[1].sync().localRevision()).isEqualTo(new Revision(999));
    }

    @Test
    @DisplayName(
            "E2E-35: applied revisions never decrease over twenty changes with pauses, though answers go back in time")
    void appliedRevisionsNeverDecrease() {
        SimulatedReplica[] both = started(2);
        both[0].reader().lag(Duration.ofMillis(60));
        both[1].reader().lag(Duration.ofMillis(60)).jitter(Duration.ofMillis(12));
        countInTurn(19, 7, both);
        both[0].reader().lag(Duration.ZERO);
        both[1].reader().lag(Duration.ZERO);
        countInTurn(1, 7, both);
        converge(both);
        assertThat(both[0].heard().reports(RefreshOutcome.REGRESSED)).isNotEmpty();
        assertThat(both[0].revisions()).isSorted();
        assertThat(both[1].revisions()).isSorted().endsWith(new Revision(20));
    }

    @Test
    @DisplayName("E2E-54: two readers follow fifteen writes of one writer, and their revisions never decrease")
    void readersFollowOneWriter() {
        SimulatedReplica writer = started("writer");
        SimulatedReplica[] readers = started(2);
        repeat(15, 3, writer::count);
        converge(readers);
        assertThat(readers).allSatisfy(reader -> {
            assertThat(reader.data()).containsEntry("count", 15);
            assertThat(reader.revisions()).isSorted();
        });
    }
}
