package io.statesync.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.statesync.InvalidationOutcome;
import io.statesync.RefreshReport;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what happens to each topic. Safe for use by any thread; an event costs a look-up and an increment. */
final class SyncMeters implements SyncListener {

    /** The topic of what belongs to none. */
    private static final String NONE = "none";

    private final MeterRegistry registry;
    private final Map<String, TopicMeters> topics = new ConcurrentHashMap<>();

    SyncMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The meters of a topic, registered at zero when first asked for. */
    TopicMeters of(String topic) {
        TopicMeters known = topics.get(topic);
        return known != null ? known : topics.computeIfAbsent(topic, it -> new TopicMeters(registry, it));
    }

    @Override
    public void onInvalidation(String topic, long revisionBits, InvalidationOutcome outcome) {
        of(topic).invalidation(outcome);
    }

    @Override
    public void onRefreshEnded(RefreshReport report) {
        of(report.topic()).refresh(report);
    }

    @Override
    public void onError(SyncErrorContext context) {
        of(context.topic() == null ? NONE : context.topic()).error(context.phase());
    }
}
