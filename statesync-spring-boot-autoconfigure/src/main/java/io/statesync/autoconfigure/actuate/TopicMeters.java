package io.statesync.autoconfigure.actuate;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.statesync.InvalidationEvent;
import io.statesync.InvalidationOutcome;
import io.statesync.RefreshCause;
import io.statesync.RefreshOutcome;
import io.statesync.RefreshReport;
import io.statesync.SyncPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The meters of one topic: the topic times fixed enums, all there from the start. Immutable; safe for any thread. Counters
 * show what {@link TopicCounts} has counted, which has to be held as long as the registry reads it.
 */
final class TopicMeters {

    /** One for all topics: there are dozens of meters for each. */
    private static final Map<Enum<?>, Tag> SHARED = new ConcurrentHashMap<>();

    private final MeterRegistry registry;
    private final Tags tags;
    /** Written by the constructor alone. */
    private final List<Meter> registered = new ArrayList<>();

    private final Map<RefreshCause, Map<RefreshOutcome, Timer>> refreshes = new EnumMap<>(RefreshCause.class);
    private final Timer apply;
    private final Timer propagation;
    private final DistributionSummary bytes;

    TopicMeters(MeterRegistry registry, String topic, TopicCounts counts) {
        this.registry = registry;
        this.tags = Tags.of("topic", topic);
        counters(counts);
        for (RefreshCause cause : RefreshCause.values()) {
            refreshes.put(cause, timers(cause));
        }
        apply = timer("statesync.apply", "How long appliers took", tags);
        propagation = timer(
                "statesync.propagation",
                "From the announcement at the source to the applied snapshot here, by two wall clocks",
                tags);
        bytes = DistributionSummary.builder("statesync.snapshot.bytes")
                .description("Snapshots as JSON before compression: read over HTTP, or encoded to be served")
                .baseUnit("bytes")
                .tags(tags)
                .register(registry);
        registered.add(bytes);
    }

    /** Takes them out of the registry; recording on is harmless. */
    void remove() {
        registered.forEach(registry::remove);
    }

    private void counters(TopicCounts counts) {
        for (InvalidationOutcome outcome : InvalidationOutcome.values()) {
            registered.add(FunctionCounter.builder("statesync.invalidations", counts, it -> it.of(outcome))
                    .description("Invalidation events that arrived")
                    .tags(tags.and(tag("outcome", outcome)))
                    .register(registry));
        }
        for (SyncPhase phase : SyncPhase.values()) {
            registered.add(FunctionCounter.builder("statesync.errors", counts, it -> it.of(phase))
                    .description("Failures, each counted once")
                    .tags(tags.and("phase", phase.tag()))
                    .register(registry));
        }
        registered.add(FunctionCounter.builder("statesync.probe.repairs", counts, TopicCounts::probeRepairs)
                .description("Events that were lost, and found by a probe")
                .tags(tags)
                .register(registry));
    }

    private Map<RefreshOutcome, Timer> timers(RefreshCause cause) {
        Map<RefreshOutcome, Timer> timers = new EnumMap<>(RefreshOutcome.class);
        for (RefreshOutcome outcome : RefreshOutcome.values()) {
            if (occurs(cause, outcome)) {
                timers.put(
                        outcome,
                        timer(
                                "statesync.refreshes",
                                "Refreshes that ended: fetch and apply together",
                                tags.and(tag("cause", cause), tag("outcome", outcome))));
            }
        }
        return timers;
    }

    /* An offer fetches nothing: it is applied, or that fails. */
    private static boolean occurs(RefreshCause cause, RefreshOutcome outcome) {
        return cause != RefreshCause.OFFER || outcome == RefreshOutcome.APPLIED || outcome == RefreshOutcome.FAILED;
    }

    private Timer timer(String name, String description, Tags with) {
        Timer timer = Timer.builder(name).description(description).tags(with).register(registry);
        registered.add(timer);
        return timer;
    }

    void refresh(RefreshReport report) {
        Map<RefreshOutcome, Timer> timers = Objects.requireNonNull(refreshes.get(report.cause()));
        Objects.requireNonNull(timers.get(report.outcome()))
                .record(report.fetchTime().plus(report.applyTime()));
        if (report.outcome() != RefreshOutcome.APPLIED) {
            return;
        }
        apply.record(report.applyTime());
        if (report.eventTimestampMs() != InvalidationEvent.NO_TIMESTAMP) {
            long millis = System.currentTimeMillis() - report.eventTimestampMs();
            propagation.record(Duration.ofMillis(Math.max(0, millis)));
        }
    }

    void measured(long size) {
        bytes.record(size);
    }

    private static Tag tag(String key, Enum<?> value) {
        return SHARED.computeIfAbsent(value, it -> Tag.of(key, Shown.word(it)));
    }
}
