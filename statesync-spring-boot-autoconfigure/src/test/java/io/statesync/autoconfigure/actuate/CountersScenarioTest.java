package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.statesync.InvalidationOutcome;
import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncPhase;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A script with every outcome, cause and phase: after each scene every counter equals the script, and nothing else rose. */
class CountersScenarioTest {

    private final MeteredReplica replica = new MeteredReplica();
    private final Map<String, Long> script = new TreeMap<>();

    @Test
    void everyCounterEqualsTheScript() {
        replica.set(1);
        replica.sync.start();
        happened("refreshes start/applied", "apply");

        events();
        failures();
        causes();
        offers();
        unusualAnswers();
        refusals();

        assertThat(script.keySet()).containsAll(everyOutcomeAndPhase());
        CountsView shown = replica.counts.of("prices").shown();
        assertThat(shown.invalidations()).isEqualTo(sums("invalidations "));
        assertThat(shown.errors()).isEqualTo(sums("errors "));
        assertThat(shown.probeRepairs()).isEqualTo(script.get("probe.repairs"));
        assertThat(shown.refreshes().values().stream().mapToLong(it -> it).sum())
                .isEqualTo(script.entrySet().stream()
                        .filter(it -> it.getKey().startsWith("refreshes "))
                        .mapToLong(Map.Entry::getValue)
                        .sum());
    }

    private void events() {
        replica.change(2);
        happened("invalidations accepted", "refreshes invalidation/applied", "apply");
        replica.events.last().deliver(2);
        replica.events.last().deliver(1);
        happened("invalidations stale", "invalidations stale");
        replica.from("unwanted", 3, -1);
        happened("invalidations filtered");
        replica.events.last().deliver("other", "9");
        happened("invalidations foreign");
        replica.events.last().deliverMalformed("{", new ProtocolException("no JSON"));
        replica.events.last().deliver("prices", "01");
        happened("invalidations malformed", "errors protocol", "invalidations malformed", "errors protocol");
        replica.set(3);
        replica.from("broken", 3, 1_000);
        happened(
                "errors invalidation",
                "invalidations accepted",
                "refreshes invalidation/applied",
                "apply",
                "propagation");
    }

    private void failures() {
        replica.source.failNext(new IllegalStateException("no table"));
        replica.change(4);
        happened("invalidations accepted", "refreshes invalidation/failed", "errors getSnapshot");
        replica.scheduler.advance(MeteredReplica.CATCH_UP);
        happened("refreshes catch-up/applied", "apply");
        replica.applier.failNext(new IllegalStateException("no"));
        replica.change(5);
        happened("invalidations accepted", "refreshes invalidation/failed", "errors apply");
        replica.scheduler.advance(MeteredReplica.CATCH_UP);
        happened("refreshes catch-up/applied", "apply");
        replica.source.failNext(new ProtocolException("no revision"));
        replica.sync.refresh();
        happened("refreshes explicit/failed", "errors protocol");
    }

    private void causes() {
        replica.sync.refresh();
        happened("refreshes explicit/not-modified");
        replica.set(6);
        replica.sync.await(new Revision(6));
        happened("refreshes await/applied", "apply");
        replica.events.last().loseConnection();
        replica.set(7);
        replica.events.last().restoreConnection();
        happened("refreshes reconnect/applied", "apply");
        replica.set(8);
        replica.probe();
        happened("refreshes probe/applied", "apply");
        replica.scheduler.advance(ProbeRepairs.PATIENCE);
        happened("probe.repairs");
    }

    private void offers() {
        replica.set(9);
        replica.sync.offer(new SnapshotEnvelope<>(new Revision(9), "offered"));
        happened("refreshes offer/applied", "apply");
        replica.applier.failNext(new IllegalStateException("no"));
        replica.sync.offer(new SnapshotEnvelope<>(new Revision(10), "offered"));
        happened("refreshes offer/failed", "errors apply");
        replica.scheduler.advance(MeteredReplica.CATCH_UP);
        happened("refreshes catch-up/not-modified");
    }

    private void unusualAnswers() {
        replica.set(3);
        replica.sync.refresh();
        happened("refreshes explicit/regressed");
        replica.source.answer(() -> {
            replica.sync.offer(new SnapshotEnvelope<>(new Revision(12), "offered"));
            return new SnapshotEnvelope<>(new Revision(11), "fetched");
        });
        replica.sync.refresh();
        happened("refreshes explicit/overtaken", "refreshes offer/applied", "apply");
        replica.set(12);
        replica.sync.reset();
        happened("refreshes explicit/applied", "apply");
        replica.wordy = true;
        replica.sync.refresh();
        happened("refreshes explicit/unchanged");
        replica.wordy = false;
    }

    private void refusals() {
        replica.refusing = true;
        assertThat(catchThrowable(() -> replica.sync.refresh().join())).isNotNull();
        happened("refreshes explicit/failed", "errors refresh");
        replica.refusing = false;
        replica.scheduler.refuse(true);
        replica.sync.refresh();
        happened("refreshes explicit/not-modified", "errors throttle");
        replica.scheduler.refuse(false);
        replica.sync.stop();
        replica.events.refuse(new IllegalStateException("nobody listens"));
        assertThat(catchThrowable(replica.sync::start)).isNotNull();
        happened("errors subscribe");
        replica.refusing = true;
        assertThat(catchThrowable(replica.sync::start)).isNotNull();
        happened("errors start");
    }

    private void happened(String... meters) {
        for (String meter : meters) {
            script.merge(meter, 1L, Long::sum);
        }
        assertThat(replica.counted()).isEqualTo(script);
    }

    private static Set<String> everyOutcomeAndPhase() {
        Set<String> all = new TreeSet<>();
        Stream.of(InvalidationOutcome.values())
                .map(it -> "invalidations " + Shown.word(it))
                .forEach(all::add);
        // without those of persistence and of mutations, which this replica does not have
        EnumSet.range(SyncPhase.START, SyncPhase.THROTTLE).stream()
                .map(it -> "errors " + it.tag())
                .forEach(all::add);
        return all;
    }

    private Map<String, Long> sums(String meter) {
        Map<String, Long> sums = new TreeMap<>();
        script.forEach((key, count) -> {
            if (key.startsWith(meter)) {
                sums.put(key.substring(meter.length()), count);
            }
        });
        return sums;
    }
}
