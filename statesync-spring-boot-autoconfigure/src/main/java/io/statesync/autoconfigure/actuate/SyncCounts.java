package io.statesync.autoconfigure.actuate;

import io.statesync.InvalidationOutcome;
import io.statesync.RefreshReport;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.policy.Scheduler;
import io.statesync.spring.TopicMemory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one place where what happens to each topic is counted: the endpoint and the meters read it here. Meters alone would
 * not do: an application may have none, deny some, or send them away step by step. Of a topic that is gone nothing is kept,
 * though a last event of it may come. Safe for use by any thread; an event costs a look-up and an increment.
 */
final class SyncCounts implements SyncListener, TopicMemory {

    /** The topic of what belongs to none. */
    static final String NONE = "none";

    private final Scheduler scheduler;
    private final Map<String, TopicCounts> topics = new ConcurrentHashMap<>();

    SyncCounts(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** The counts of a topic, zero when first asked for. */
    TopicCounts of(String topic) {
        TopicCounts known = topics.get(topic);
        return known != null ? known : topics.computeIfAbsent(topic, it -> new TopicCounts(scheduler));
    }

    @Override
    public void remember(String topic) {
        of(topic);
    }

    @Override
    public void forget(String topic) {
        topics.remove(topic);
    }

    @Override
    public void onInvalidation(String topic, long revisionBits, InvalidationOutcome outcome) {
        TopicCounts counts = topics.get(topic);
        if (counts != null) {
            counts.invalidation(revisionBits, outcome);
        }
    }

    @Override
    public void onRefreshEnded(RefreshReport report) {
        TopicCounts counts = topics.get(report.topic());
        if (counts != null) {
            counts.refresh(report);
        }
    }

    @Override
    public void onError(SyncErrorContext context) {
        TopicCounts counts = context.topic() == null ? of(NONE) : topics.get(context.topic());
        if (counts != null) {
            counts.error(context.phase());
        }
    }
}
