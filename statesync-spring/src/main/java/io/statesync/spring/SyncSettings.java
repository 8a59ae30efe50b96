package io.statesync.spring;

import java.util.Map;

/**
 * What the application's configuration says.
 *
 * @param topics the topics that it names
 * @param sources the sources that it names
 * @param defaults what holds for topics that it does not name
 */
public record SyncSettings(
        Map<String, TopicSettings> topics, Map<String, SourceSettings> sources, TopicSettings defaults) {

    public SyncSettings {
        topics = Map.copyOf(topics);
        sources = Map.copyOf(sources);
    }

    TopicSettings topic(String topic) {
        return topics.getOrDefault(topic, defaults);
    }
}
