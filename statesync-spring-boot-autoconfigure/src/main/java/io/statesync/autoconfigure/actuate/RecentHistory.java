package io.statesync.autoconfigure.actuate;

import io.statesync.InvalidationOutcome;
import io.statesync.RefreshReport;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.spring.TopicMemory;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the latest of each replica's topic: events that were not stale, ended refreshes, the connection, errors. Only
 * of topics that it was told of, so that no message from outside makes it grow. Safe for use by any thread.
 */
final class RecentHistory implements SyncListener, TopicMemory {

    private final Map<String, TopicHistory> topics = new ConcurrentHashMap<>();
    private final InstantSource clock;

    RecentHistory(Set<String> topics, InstantSource clock) {
        this.clock = clock;
        topics.forEach(this::remember);
    }

    @Override
    public void remember(String topic) {
        topics.putIfAbsent(topic, new TopicHistory());
    }

    @Override
    public void forget(String topic) {
        topics.remove(topic);
    }

    /** A topic's history; null if it has no replica here. */
    @Nullable
    TopicHistory of(String topic) {
        return topics.get(topic);
    }

    @Override
    public void onInvalidation(String topic, long revisionBits, InvalidationOutcome outcome) {
        if (outcome != InvalidationOutcome.STALE) {
            add(topic, TopicEvent.invalidation(clock.instant(), revisionBits, outcome));
        }
    }

    @Override
    public void onRefreshEnded(RefreshReport report) {
        add(report.topic(), TopicEvent.refresh(clock.instant(), report));
    }

    @Override
    public void onConnectionLost(String topic, @Nullable Throwable cause) {
        add(topic, TopicEvent.connection(clock.instant(), "lost"));
    }

    @Override
    public void onConnectionRestored(String topic) {
        add(topic, TopicEvent.connection(clock.instant(), "restored"));
    }

    @Override
    public void onError(SyncErrorContext context) {
        TopicHistory history = context.topic() == null ? null : topics.get(context.topic());
        if (history != null) {
            history.add(TopicError.of(clock.instant(), context));
        }
    }

    private void add(String topic, TopicEvent event) {
        TopicHistory history = topics.get(topic);
        if (history != null) {
            history.add(event);
        }
    }
}
