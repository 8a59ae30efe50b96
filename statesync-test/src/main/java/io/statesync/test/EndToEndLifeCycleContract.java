package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.SyncPhase;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Replicas that come late, leave, come back, or start badly. */
public abstract class EndToEndLifeCycleContract extends EndToEndContract {

    @Test
    @DisplayName("E2E-03: a late joiner holds the newest data")
    void aLateJoinerHoldsTheNewestData() {
        SimulatedReplica a = started("A");
        repeat(3, 1, a::count);
        SimulatedReplica c = started("C");
        assertThat(c.data()).isEqualTo(cluster.store().data()).containsEntry("count", 3);
        assertThat(c.sync().localRevision()).isEqualTo(cluster.store().revision());
    }

    @Test
    @DisplayName("E2E-07: a replica that is created again holds what it missed")
    void aReplicaCreatedAgainHoldsWhatItMissed() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = started("B");
        b.close();
        repeat(5, 1, a::count);
        assertThat(b.applied()).hasSize(1);
        SimulatedReplica again = started("B");
        assertThat(again.data()).containsEntry("count", 5);
    }

    @Test
    @DisplayName("E2E-08: after a failed start, a healthy successor converges")
    void aSuccessorOfAFailedStartConverges() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = cluster.replica("B");
        b.reader().broken(true);
        assertThatThrownBy(b::start).hasRootCauseInstanceOf(IOException.class);
        assertThat(b.heard().errors(SyncPhase.GET_SNAPSHOT)).hasSize(1);
        SimulatedReplica again = started("B");
        a.count();
        converge(a, again);
        assertThat(b.applied()).isEmpty();
    }

    @Test
    @DisplayName("E2E-13: a replica that joins between two rounds of five changes ends on ten like the others")
    void aReplicaJoinsBetweenTwoRounds() {
        SimulatedReplica[] two = started(2);
        countInTurn(5, 2, two);
        SimulatedReplica c = started("C");
        assertThat(c.data()).containsEntry("count", 5);
        countInTurn(5, 2, two);
        converge(two[0], two[1], c);
        assertThat(c.data()).containsEntry("count", 10);
    }

    @Test
    @DisplayName("E2E-17: a change during a replica's slow start is not missed")
    void aChangeDuringStartIsNotMissed() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = cluster.replica("B");
        b.reader().latency(Duration.ofMillis(50));
        CompletableFuture<Void> starting = b.sync().startAsync();
        cluster.pass(20);
        a.count();
        cluster.simulation().complete(starting);
        converge(b);
        assertThat(b.data()).containsEntry("count", 1);
    }

    @Test
    @DisplayName("E2E-18: replicas created again see a change that happened while there was none")
    void aChangeWithoutReplicasIsSeenLater() {
        SimulatedReplica[] first = started(2);
        Arrays.stream(first).forEach(SimulatedReplica::close);
        cluster.store().update("nobody", States::counted);
        SimulatedReplica[] second = started(2);
        assertThat(second).allSatisfy(replica -> assertThat(replica.data()).containsEntry("count", 1));
        assertThat(first).allSatisfy(replica -> assertThat(replica.applied()).hasSize(1));
    }

    @Test
    @DisplayName("E2E-20: five cycles of create, start, stop, close each see the current data")
    void eachCycleSeesTheCurrentData() {
        for (int cycle = 1; cycle <= 5; cycle++) {
            cluster.store().update("writer", States::counted);
            SimulatedReplica replica = started("cycle " + cycle);
            assertThat(replica.data()).containsEntry("count", cycle);
            replica.stop();
            replica.close();
        }
    }

    @Test
    @DisplayName("E2E-26: three replicas that start in parallel all follow the next change")
    void replicasStartInParallel() {
        SimulatedReplica[] all = inParallel("A", "B", "C");
        all[0].count();
        converge(all);
    }

    @Test
    @DisplayName("E2E-34: stopping twice is harmless and leaves the revision readable")
    void stoppingTwiceIsHarmless() {
        SimulatedReplica a = started("A");
        a.count();
        converge(a);
        a.stop();
        a.stop();
        assertThat(a.sync().localRevision()).isEqualTo(new Revision(1));
    }

    @Test
    @DisplayName("E2E-41: a replica that was away during four changes sees only the newest, with exactly one apply")
    void aReplicaThatWasAwayAppliesOnce() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = started("B");
        a.close();
        repeat(4, 2, b::count);
        SimulatedReplica again = started("A");
        cluster.pass(100);
        assertThat(countsApplied(again)).containsExactly(4);
    }

    @Test
    @DisplayName("E2E-53: ephemeral replicas each see the current data while the primary converges")
    void ephemeralReplicasSeeCurrentData() {
        cluster.bus().asynchronous();
        SimulatedReplica primary = started("primary");
        for (int cycle = 1; cycle <= 8; cycle++) {
            primary.count();
            SimulatedReplica ephemeral = started("ephemeral " + cycle);
            assertThat(ephemeral.data()).containsEntry("count", cycle);
            ephemeral.close();
        }
        converge(primary);
        assertThat(primary.data()).containsEntry("count", 8);
    }

    @Test
    @DisplayName("E2E-58: six replicas that start in parallel under contention have the initial state, then converge")
    void sixReplicasStartUnderContention() {
        cluster.store().contention(Duration.ofMillis(4));
        SimulatedReplica[] all = inParallel("A", "B", "C", "D", "E", "F");
        assertThat(all).allSatisfy(replica -> assertThat(replica.data()).isEqualTo(States.initial()));
        all[0].count();
        converge(all);
    }

    @Test
    @DisplayName("E2E-60: a replica that joins in the middle of a storm converges with the others on 25")
    void aReplicaJoinsInTheMiddleOfAStorm() {
        SimulatedReplica[] two = started(2);
        Stream.of(two).forEach(replica -> replica.reader().latency(Duration.ofMillis(4)));
        countInTurn(7, 3, two);
        SimulatedReplica c = cluster.replica("C");
        c.reader().latency(Duration.ofMillis(10));
        CompletableFuture<Void> joining = c.sync().startAsync();
        countInTurn(8, 3, two);
        cluster.simulation().complete(joining);
        countInTurn(10, 3, two);
        converge(two[0], two[1], c);
        assertThat(storedCount()).isEqualTo(25);
        assertThat(c.data()).containsEntry("count", 25);
    }

    private SimulatedReplica[] inParallel(String... names) {
        SimulatedReplica[] all = Stream.of(names).map(cluster::replica).toArray(SimulatedReplica[]::new);
        CompletableFuture<?>[] starts =
                Stream.of(all).map(replica -> replica.sync().startAsync()).toArray(CompletableFuture<?>[]::new);
        cluster.simulation().complete(CompletableFuture.allOf(starts));
        return all;
    }
}
