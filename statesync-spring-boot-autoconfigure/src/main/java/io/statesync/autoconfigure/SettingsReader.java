package io.statesync.autoconfigure;

import io.statesync.spring.SourceSettings;
import io.statesync.spring.SyncSettings;
import io.statesync.spring.TopicSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/** Reads the properties before any bean is there, strictly, into settings that are valid. */
final class SettingsReader {

    private SettingsReader() {}

    static ReadSettings read(Environment environment) {
        WrittenKeys keys = WrittenKeys.of(environment);
        StateSyncProperties sparse = SparseBinder.bind(environment, keys);
        StateSyncProperties properties = sparse == null ? inFull(environment) : sparse;
        ServerReader.requireValid(properties.server());
        return new ReadSettings(properties, settings(properties, new TopicNames(keys.written("topics"))));
    }

    /** As Spring Boot does it for a bean. */
    static StateSyncProperties inFull(Environment environment) {
        return Binder.get(environment)
                .bindOrCreate(
                        "statesync",
                        Bindable.of(StateSyncProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
    }

    private static SyncSettings settings(StateSyncProperties properties, TopicNames names) {
        TopicReader reader = new TopicReader(properties.defaults());
        TopicSettings otherwise = reader.defaultTopic();
        Map<String, TopicSettings> topics = new LinkedHashMap<>();
        properties.topics().forEach((topic, it) -> {
            if (!names.isPhantom(topic)) {
                topics.put(topic, reader.topic(topic, it));
            }
        });
        Map<String, SourceSettings> sources = new LinkedHashMap<>();
        properties.sources().forEach((name, it) -> sources.put(name, SourceReader.source(name, it)));
        return new SyncSettings(topics, sources, otherwise, names.loose(topics.keySet()));
    }
}
