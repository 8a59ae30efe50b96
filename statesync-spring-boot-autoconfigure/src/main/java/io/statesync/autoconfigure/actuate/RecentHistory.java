package io.statesync.autoconfigure.actuate;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationOutcome;
import io.statesync.RefreshReport;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.spring.TopicMemory;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/**
 * Remembers the latest of each topic. Of a replica: events that were not stale, ended refreshes, the connection, errors; of
 * a source: what it announced. Only of topics that it was told of, so that no message from outside makes it grow. Safe for
 * use by any thread.
 */
final class RecentHistory
        implements SyncListener, TopicMemory, ApplicationListener<PayloadApplicationEvent<InvalidationEvent>> {

    private final Map<String, TopicHistory> topics = new ConcurrentHashMap<>();
    private final Predicate<InvalidationEvent> issuedHere;
    private final InstantSource clock;

    RecentHistory(Set<String> topics, Predicate<InvalidationEvent> issuedHere, InstantSource clock) {
        this.issuedHere = issuedHere;
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

    /** A topic's history; null if it is not known. */
    @Nullable
    TopicHistory of(String topic) {
        return topics.get(topic);
    }

    /** An operator has done this to the topic. */
    void operated(String topic, String action) {
        add(topic, TopicEvent.operation(clock.instant(), action));
    }

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<InvalidationEvent> event) {
        InvalidationEvent invalidation = event.getPayload();
        if (issuedHere.test(invalidation)) {
            add(invalidation.topic(), TopicEvent.announcement(clock.instant(), invalidation.revision()));
        }
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
