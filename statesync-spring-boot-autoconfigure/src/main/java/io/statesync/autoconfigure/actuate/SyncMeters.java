package io.statesync.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.statesync.InvalidationOutcome;
import io.statesync.RefreshReport;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.spring.TopicMemory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.DisposableBean;

/**
 * Counts what happens to each topic that is here; what is gone has no meters either, though a last event of it may come.
 * The registry may live longer than this application context, so that leaves nothing in it. Safe for use by any thread; an
 * event costs a look-up and an increment.
 */
final class SyncMeters implements SyncListener, TopicMemory, DisposableBean {

    /** The topic of what belongs to none. */
    private static final String NONE = "none";

    private final MeterRegistry registry;
    private final Map<String, TopicMeters> topics = new ConcurrentHashMap<>();

    SyncMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void remember(String topic) {
        of(topic);
    }

    @Override
    public void forget(String topic) {
        TopicMeters gone = topics.remove(topic);
        if (gone != null) {
            gone.remove(registry);
        }
    }

    @Override
    public void destroy() {
        topics.keySet().forEach(this::forget);
    }

    /** The meters of a topic, registered at zero when first asked for. */
    TopicMeters of(String topic) {
        TopicMeters known = topics.get(topic);
        return known != null ? known : topics.computeIfAbsent(topic, it -> new TopicMeters(registry, it));
    }

    @Override
    public void onInvalidation(String topic, long revisionBits, InvalidationOutcome outcome) {
        TopicMeters meters = topics.get(topic);
        if (meters != null) {
            meters.invalidation(outcome);
        }
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
        TopicMeters meters = context.topic() == null ? of(NONE) : topics.get(context.topic());
        if (meters != null) {
            meters.error(context.phase());
        }
    }
}
