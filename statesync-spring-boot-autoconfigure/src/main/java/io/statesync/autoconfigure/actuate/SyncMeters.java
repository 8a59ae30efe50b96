package io.statesync.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.statesync.InvalidationOutcome;
import io.statesync.RefreshReport;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.spring.SnapshotSizes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The meters of each topic: times and sizes are recorded here, everything else is read from {@link SyncCounts}. Safe for use
 * by any thread.
 */
final class SyncMeters implements SyncListener, SnapshotSizes {

    private final MeterRegistry registry;
    private final SyncCounts counts;
    private final Map<String, TopicMeters> topics = new ConcurrentHashMap<>();

    SyncMeters(MeterRegistry registry, SyncCounts counts) {
        this.registry = registry;
        this.counts = counts;
    }

    /** The meters of a topic, registered at zero when first asked for. */
    TopicMeters of(String topic) {
        TopicMeters known = topics.get(topic);
        return known != null
                ? known
                : topics.computeIfAbsent(topic, it -> new TopicMeters(registry, it, counts.of(it)));
    }

    /* A topic that is opened at run time has its meters from its first event on. */
    @Override
    public void onInvalidation(String topic, long revisionBits, InvalidationOutcome outcome) {
        of(topic);
    }

    @Override
    public void onRefreshEnded(RefreshReport report) {
        of(report.topic()).refresh(report);
    }

    @Override
    public void onError(SyncErrorContext context) {
        of(context.topic() == null ? SyncCounts.NONE : context.topic());
    }

    @Override
    public void measured(String topic, long bytes) {
        of(topic).measured(bytes);
    }
}
