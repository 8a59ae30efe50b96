package io.statesync.autoconfigure.actuate;

import io.micrometer.core.instrument.Counter;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What is counted of one topic: the topic times fixed enums, all there from the start. Immutable; safe for any thread. */
final class TopicMeters {

    private final Map<InvalidationOutcome, Counter> invalidations;
    private final Map<SyncPhase, Counter> errors;
    private final Map<RefreshCause, Map<RefreshOutcome, Timer>> refreshes;
    private final Timer apply;
    private final Timer propagation;
    private final Counter probeRepairs;

    TopicMeters(MeterRegistry registry, String topic) {
        Tags tags = Tags.of("topic", topic);
        invalidations = each(
                InvalidationOutcome.class,
                outcome -> Counter.builder("statesync.invalidations")
                        .description("Invalidation events that arrived")
                        .tags(tags.and(tag("outcome", outcome)))
                        .register(registry));
        errors = each(
                SyncPhase.class,
                phase -> Counter.builder("statesync.errors")
                        .description("Failures, each counted once")
                        .tags(tags.and("phase", phase.tag()))
                        .register(registry));
        refreshes = each(
                RefreshCause.class,
                cause -> each(
                        RefreshOutcome.class,
                        outcome -> Timer.builder("statesync.refreshes")
                                .description("Refreshes that ended: fetch and apply together")
                                .tags(tags.and(tag("cause", cause), tag("outcome", outcome)))
                                .register(registry)));
        apply = Timer.builder("statesync.apply")
                .description("How long appliers took")
                .tags(tags)
                .register(registry);
        propagation = Timer.builder("statesync.propagation")
                .description("From the announcement at the source to the applied snapshot here, by two wall clocks")
                .tags(tags)
                .register(registry);
        probeRepairs = Counter.builder("statesync.probe.repairs")
                .description("Refreshes that a probe found to be needed: an event was lost")
                .tags(tags)
                .register(registry);
    }

    /** Takes them out of the registry; counting on is harmless. */
    void remove(MeterRegistry registry) {
        invalidations.values().forEach(registry::remove);
        errors.values().forEach(registry::remove);
        refreshes.values().forEach(outcomes -> outcomes.values().forEach(registry::remove));
        List.of(apply, propagation, probeRepairs).forEach(registry::remove);
    }

    void invalidation(InvalidationOutcome outcome) {
        in(invalidations, outcome).increment();
    }

    void error(SyncPhase phase) {
        in(errors, phase).increment();
    }

    void refresh(RefreshReport report) {
        in(in(refreshes, report.cause()), report.outcome())
                .record(report.fetchTime().plus(report.applyTime()));
        if (report.outcome() != RefreshOutcome.APPLIED) {
            return;
        }
        apply.record(report.applyTime());
        if (report.eventTimestampMs() != InvalidationEvent.NO_TIMESTAMP) {
            long millis = System.currentTimeMillis() - report.eventTimestampMs();
            propagation.record(Duration.ofMillis(Math.max(0, millis)));
        }
        if (report.probeRepair()) {
            probeRepairs.increment();
        }
    }

    private static Tag tag(String key, Enum<?> value) {
        return Tag.of(key, value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static <E extends Enum<E>, M> Map<E, M> each(Class<E> type, Function<E, M> meter) {
        Map<E, M> meters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            meters.put(constant, meter.apply(constant));
        }
        return meters;
    }

    @SuppressWarnings("NullAway") // each constant has one
    private static <E extends Enum<E>, M> M in(Map<E, M> meters, E constant) {
        return meters.get(constant);
    }
}
