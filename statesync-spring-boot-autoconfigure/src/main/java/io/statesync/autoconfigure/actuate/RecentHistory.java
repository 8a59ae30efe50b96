package io.statesync.autoconfigure.actuate;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationOutcome;
import io.statesync.RefreshReport;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/**
 * Remembers the latest of each topic. Of a replica: events that were not stale, ended refreshes, the connection, errors; of
 * a source: what it announced. Only of topics that are known from the start, so that no message from outside makes it grow.
 * Safe for use by any thread.
 */
final class RecentHistory implements SyncListener, ApplicationListener<PayloadApplicationEvent<InvalidationEvent>> {

    private final Map<String, TopicHistory> topics;
    private final Predicate<InvalidationEvent> issuedHere;
    private final InstantSource clock;

    RecentHistory(Set<String> topics, Predicate<InvalidationEvent> issuedHere, InstantSource clock) {
        Map<String, TopicHistory> histories = new HashMap<>();
        topics.forEach(topic -> histories.put(topic, new TopicHistory()));
        this.topics = Map.copyOf(histories);
        this.issuedHere = issuedHere;
        this.clock = clock;
    }

    /** A topic's history; null if it was not known from the start. */
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
