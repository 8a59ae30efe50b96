package io.statesync.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.statesync.RefreshReport;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.spring.SnapshotSizes;
import io.statesync.spring.TopicMemory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.DisposableBean;

/**
 * The meters of each topic that is here: times and sizes are recorded, everything else is read from {@link SyncCounts}. What
 * is gone has no meters either, though a last event of it may come. The registry may live longer than this application
 * context, so that leaves nothing in it. Safe for use by any thread.
 */
final class SyncMeters implements SyncListener, SnapshotSizes, TopicMemory, DisposableBean {

    private final MeterRegistry registry;
    private final SyncCounts counts;
    private final Map<String, TopicMeters> topics = new ConcurrentHashMap<>();

    SyncMeters(MeterRegistry registry, SyncCounts counts) {
        this.registry = registry;
        this.counts = counts;
    }

    @Override
    public void remember(String topic) {
        of(topic);
    }

    @Override
    public void forget(String topic) {
        TopicMeters gone = topics.remove(topic);
        if (gone != null) {
            gone.remove();
        }
    }

    @Override
    public void destroy() {
        topics.keySet().forEach(this::forget);
    }

    /** The meters of a topic, registered at zero when first asked for. */
    TopicMeters of(String topic) {
        TopicMeters known = topics.get(topic);
        return known != null
                ? known
                : topics.computeIfAbsent(topic, it -> new TopicMeters(registry, it, counts.of(it)));
    }

    @Override
    public void onRefreshEnded(RefreshReport report) {
        TopicMeters meters = topics.get(report.topic());
        if (meters != null) {
            meters.refresh(report);
        }
    }

    @Override
    public void onError(SyncErrorContext context) {
        if (context.topic() == null) {
            of(SyncCounts.NONE);
        }
    }

    @Override
    public void measured(String topic, long bytes) {
        TopicMeters meters = topics.get(topic);
        if (meters != null) {
            meters.measured(bytes);
        }
    }
}
