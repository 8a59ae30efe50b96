package io.statesync.autoconfigure.actuate;

import io.statesync.Revision;
import io.statesync.spring.TopicSources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The current revisions of topics whose source is here, or why they cannot be read: the endpoint answers all the same. What
 * is counted takes one question to the counter; a method that knows its own revision is called for it, as it is for each
 * replica's probe.
 *
 * @param revisions by topic
 * @param errors what was thrown, by topic
 */
record SourceState(Map<String, Revision> revisions, Map<String, TopicView.LastError> errors) {

    static SourceState of(Set<String> topics, TopicSources sources) {
        Map<String, Revision> revisions = new HashMap<>();
        Map<String, TopicView.LastError> errors = new HashMap<>();
        if (!topics.isEmpty()) {
            counted(topics, sources, revisions, errors);
            topics.stream()
                    .filter(topic -> !revisions.containsKey(topic) && !errors.containsKey(topic))
                    .forEach(topic -> ask(topic, sources, revisions, errors));
        }
        return new SourceState(revisions, errors);
    }

    private static void counted(
            Set<String> topics,
            TopicSources sources,
            Map<String, Revision> revisions,
            Map<String, TopicView.LastError> errors) {
        try {
            revisions.putAll(sources.counted());
        } catch (RuntimeException e) {
            topics.forEach(topic -> errors.put(topic, error(e)));
        }
    }

    private static void ask(
            String topic,
            TopicSources sources,
            Map<String, Revision> revisions,
            Map<String, TopicView.LastError> errors) {
        try {
            revisions.putAll(sources.revisions().current(List.of(topic)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            errors.put(topic, error(e));
        } catch (Exception e) {
            errors.put(topic, error(e));
        }
    }

    private static TopicView.LastError error(Exception e) {
        Throwable reason = e instanceof IllegalStateException && e.getCause() != null ? e.getCause() : e;
        return new TopicView.LastError("revisions", Shown.message(reason));
    }
}
