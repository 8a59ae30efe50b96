package io.statesync.autoconfigure.actuate;

import static java.util.stream.Collectors.joining;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.statesync.ConditionalSnapshotProvider;
import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.RevisionProbe;
import io.statesync.RevisionSync;
import io.statesync.RevisionSyncBuilder;
import io.statesync.SnapshotEnvelope;
import io.statesync.policy.Backoff;
import io.statesync.test.GatedProvider;
import io.statesync.test.HandSubscriber;
import io.statesync.test.ManualScheduler;
import io.statesync.test.RecordingApplier;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A replica with the real engine, probe and meters, and everything else in the test's hand: one thread, virtual time. */
final class MeteredReplica {

    static final Duration CATCH_UP = Duration.ofSeconds(1);

    final ManualScheduler scheduler = new ManualScheduler();
    final HandSubscriber events = HandSubscriber.confirming();
    final GatedProvider<String> source = GatedProvider.at(1, "one");
    final RecordingApplier<String> applier = new RecordingApplier<>();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final SyncCounts counts = new SyncCounts(scheduler);
    final RevisionSync<String> sync;
    /** The executor takes nothing. */
    boolean refusing;
    /** The source answers with a snapshot even if the replica has it. */
    boolean wordy;

    private final SyncMeters meters = new SyncMeters(registry, counts);
    private final Executor executor = this::execute;
    private final Map<String, Revision> current = new TreeMap<>();
    private final RevisionProbe probe =
            new RevisionProbe(topics -> current, Duration.ofSeconds(30), scheduler, executor, error -> {});

    MeteredReplica() {
        meters.remember("prices");
        RevisionSyncBuilder<String> builder = RevisionSync.forTopic("prices")
                .subscriber(events)
                .provider(new Wordy())
                .applier(applier)
                .executor(executor)
                .scheduler(scheduler)
                .probe(probe)
                .catchUp(Backoff.of(CATCH_UP, CATCH_UP))
                .shouldRefresh(MeteredReplica::wanted)
                .listener(counts)
                .listener(meters);
        sync = builder.build();
    }

    private static boolean wanted(InvalidationEvent event) {
        if ("broken".equals(event.sourceId())) {
            throw new IllegalStateException("the filter is broken");
        }
        return !"unwanted".equals(event.sourceId());
    }

    private void execute(Runnable task) {
        if (refusing) {
            throw new RejectedExecutionException("no thread");
        }
        task.run();
    }

    /** The source has this state, and says nothing of it. */
    void set(long revision) {
        source.answer(revision, "state " + revision);
        current.put("prices", new Revision(revision));
    }

    /** The source has this state and says so. */
    void change(long revision) {
        set(revision);
        events.last().deliver(revision);
    }

    void from(String sourceId, long revision, long timestampMs) {
        events.last().handler().onInvalidation("prices", Long.toString(revision), sourceId, timestampMs, null);
    }

    void probe() {
        probe.probeNow();
    }

    /** Everything that was counted, by meter and tags; what never happened is left out. */
    Map<String, Long> counted() {
        Map<String, Long> counted = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            long count = count(meter);
            if (count != 0) {
                String tags = meter.getId().getTags().stream()
                        .filter(tag -> !tag.getKey().equals("topic"))
                        .map(tag -> tag.getValue())
                        .collect(joining("/"));
                counted.put((meter.getId().getName().substring("statesync.".length()) + " " + tags).trim(), count);
            }
        }
        return counted;
    }

    private static long count(Meter meter) {
        if (meter instanceof FunctionCounter counter) {
            return (long) counter.count();
        }
        return meter instanceof Timer timer ? timer.count() : 0;
    }

    private final class Wordy implements ConditionalSnapshotProvider<String> {

        @Override
        public SnapshotEnvelope<String> getSnapshot() throws Exception {
            return source.getSnapshot();
        }

        @Override
        public Optional<SnapshotEnvelope<String>> getSnapshotUnless(Revision known) throws Exception {
            return wordy ? Optional.of(source.getSnapshot()) : source.getSnapshotUnless(known);
        }
    }
}
