package io.statesync.autoconfigure.actuate;

import io.statesync.InvalidationOutcome;
import io.statesync.RefreshOutcome;
import io.statesync.RefreshReport;
import io.statesync.SyncPhase;
import io.statesync.policy.Scheduler;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** How often what happened to one topic since the start. Safe for use by any thread. */
final class TopicCounts {

    private final Map<InvalidationOutcome, LongAdder> invalidations = each(InvalidationOutcome.class);
    private final Map<RefreshOutcome, LongAdder> refreshes = each(RefreshOutcome.class);
    private final Map<SyncPhase, LongAdder> errors = each(SyncPhase.class);
    private final ProbeRepairs repairs;

    TopicCounts(Scheduler scheduler) {
        this.repairs = new ProbeRepairs(scheduler);
    }

    void invalidation(long revision, InvalidationOutcome outcome) {
        in(invalidations, outcome).increment();
        repairs.arrived(revision, outcome);
    }

    void refresh(RefreshReport report) {
        in(refreshes, report.outcome()).increment();
        if (report.probeRepair()) {
            repairs.repaired(report.localRevision().bits());
        }
    }

    void error(SyncPhase phase) {
        in(errors, phase).increment();
    }

    long of(InvalidationOutcome outcome) {
        return in(invalidations, outcome).sum();
    }

    long of(SyncPhase phase) {
        return in(errors, phase).sum();
    }

    long probeRepairs() {
        return repairs.count();
    }

    /** What has happened at all. */
    CountsView shown() {
        return new CountsView(
                some(invalidations, Shown::word),
                some(refreshes, Shown::word),
                some(errors, SyncPhase::tag),
                probeRepairs());
    }

    private static <E extends Enum<E>> Map<String, Long> some(
            Map<E, LongAdder> counts, Function<? super E, String> name) {
        Map<String, Long> some = new LinkedHashMap<>();
        counts.forEach((constant, count) -> {
            long sum = count.sum();
            if (sum > 0) {
                some.put(name.apply(constant), sum);
            }
        });
        return some;
    }

    private static <E extends Enum<E>> Map<E, LongAdder> each(Class<E> type) {
        Map<E, LongAdder> counts = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counts.put(constant, new LongAdder());
        }
        return counts;
    }

    @SuppressWarnings("NullAway") // each constant has one
    private static <E extends Enum<E>> LongAdder in(Map<E, LongAdder> counts, E constant) {
        return counts.get(constant);
    }
}
