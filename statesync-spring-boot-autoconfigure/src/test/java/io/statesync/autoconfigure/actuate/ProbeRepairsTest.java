package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationOutcome;
import io.statesync.Revision;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code statesync.probe.repairs} rises when an event was lost, and only then. */
class ProbeRepairsTest {

    private final MeteredReplica replica = new MeteredReplica();

    @BeforeEach
    void start() {
        replica.set(1);
        replica.sync.start();
    }

    @Test
    void eachLostEventThatAProbeFindsIsCounted() {
        for (int revision = 2; revision <= 6; revision++) {
            replica.set(revision);
            replica.probe();
            assertThat(replica.sync.localRevision()).isEqualTo(new Revision(revision));
            replica.scheduler.advance(ProbeRepairs.PATIENCE);
            assertThat(repairs()).isEqualTo(revision - 1);
        }
    }

    @Test
    void aDayWithoutLossCountsNothing() {
        for (int revision = 2; revision <= 200; revision++) {
            replica.change(revision);
            replica.probe();
            replica.scheduler.advance(Duration.ofMinutes(7));
        }
        assertThat(repairs()).isZero();
    }

    @Test
    void anEventThatIsSlowerThanTheProbeWasNotLost() {
        replica.set(2);
        replica.probe();
        assertThat(replica.sync.localRevision()).isEqualTo(new Revision(2));

        replica.scheduler.advance(ProbeRepairs.PATIENCE.minusMillis(1));
        replica.events.last().deliver(2);
        replica.scheduler.advance(Duration.ofHours(1));

        assertThat(repairs()).isZero();
    }

    @Test
    void anEventThatComesWhileTheProbesFetchRunsWasNotLost() {
        replica.set(2);
        replica.applier.hook(snapshot -> replica.events.last().deliver(2));
        replica.probe();
        replica.scheduler.advance(Duration.ofHours(1));

        assertThat(replica.sync.localRevision()).isEqualTo(new Revision(2));
        assertThat(repairs()).isZero();
    }

    @Test
    void anEventThatComesBetweenTheApplyAndItsReportWasNotLost() {
        ProbeRepairs repairs = new ProbeRepairs(replica.scheduler);
        repairs.arrived(2, InvalidationOutcome.STALE);
        repairs.repaired(2);
        replica.scheduler.advance(ProbeRepairs.PATIENCE);
        assertThat(repairs.count()).isZero();
    }

    @Test
    void theEventOfAnotherRevisionDoesNotExcuseTheLostOne() {
        replica.set(2);
        replica.probe();
        replica.change(3);
        replica.scheduler.advance(ProbeRepairs.PATIENCE);

        assertThat(repairs()).isOne();
    }

    @Test
    void anEventThatAFilterDidNotWantWasNotLost() {
        replica.set(2);
        replica.from("unwanted", 2, -1);
        replica.probe();
        replica.scheduler.advance(Duration.ofHours(1));
        assertThat(replica.sync.localRevision()).isEqualTo(new Revision(2));
        assertThat(repairs()).isZero();

        replica.set(3);
        replica.probe();
        replica.scheduler.advance(ProbeRepairs.PATIENCE);
        assertThat(repairs()).isOne();
    }

    @Test
    void whatWaitsForALateEventIsBounded() {
        ProbeRepairs repairs = new ProbeRepairs(replica.scheduler);
        for (int revision = 1; revision <= 1000; revision++) {
            repairs.repaired(revision);
        }
        assertThat(repairs.count()).isEqualTo(900);
        repairs.arrived(950, InvalidationOutcome.STALE);
        replica.scheduler.advance(ProbeRepairs.PATIENCE);
        assertThat(repairs.count()).isEqualTo(999);
    }

    private double repairs() {
        return replica.registry.get("statesync.probe.repairs").functionCounter().count();
    }
}
