package io.statesync.autoconfigure;

import io.statesync.policy.Backoff;
import io.statesync.policy.Durations;
import io.statesync.spring.SetupException;
import io.statesync.spring.SourceSettings;
import io.statesync.spring.SyncSettings;
import io.statesync.spring.TopicSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/** Reads the properties before any bean is there, strictly, into settings that are valid. */
final class SettingsReader {

    private final StateSyncProperties properties;
    private final StateSyncProperties.Defaults defaults;
    private final Backoff catchUp;

    private SettingsReader(StateSyncProperties properties) {
        this.properties = properties;
        this.defaults = properties.defaults();
        this.catchUp = valid(
                "Set statesync.defaults.catch-up.initial and .max to durations of which the second is not the shorter one.",
                "statesync.defaults.catch-up: ",
                () -> Backoff.of(
                        defaults.catchUp().initial(), defaults.catchUp().max()));
    }

    static SyncSettings read(Environment environment) {
        StateSyncProperties properties = Binder.get(environment)
                .bindOrCreate(
                        "statesync",
                        Bindable.of(StateSyncProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
        return new SettingsReader(properties).settings(TopicNames.of(environment));
    }

    private SyncSettings settings(TopicNames names) {
        Map<String, TopicSettings> topics = new LinkedHashMap<>();
        properties.topics().forEach((topic, it) -> {
            if (!names.isPhantom(topic)) {
                topics.put(topic, topic(topic, it));
            }
        });
        Map<String, SourceSettings> sources = new LinkedHashMap<>();
        properties.sources().forEach((name, it) -> sources.put(name, source(name, it)));
        return new SyncSettings(topics, sources, defaultTopic(), names.loose(topics.keySet()));
    }

    private TopicSettings defaultTopic() {
        return new TopicSettings(
                false,
                defaults.source(),
                null,
                defaults.startup(),
                positive("statesync.defaults.startup-timeout", defaults.startupTimeout()),
                positive("statesync.defaults.fetch-timeout", defaults.fetchTimeout()),
                catchUp,
                defaults.onRegression(),
                positiveOrNone("statesync.defaults.max-staleness", defaults.maxStaleness()));
    }

    private TopicSettings topic(String topic, StateSyncProperties.Topic it) {
        String prefix = "statesync.topics." + topic;
        return new TopicSettings(
                it.expose(),
                it.source(),
                it.type(),
                it.startup() == null ? defaults.startup() : it.startup(),
                positive(prefix + ".startup-timeout", or(it.startupTimeout(), defaults.startupTimeout())),
                positive(prefix + ".fetch-timeout", or(it.fetchTimeout(), defaults.fetchTimeout())),
                catchUp,
                it.onRegression() == null ? defaults.onRegression() : it.onRegression(),
                positiveOrNone(
                        prefix + ".max-staleness",
                        it.maxStaleness() == null ? defaults.maxStaleness() : it.maxStaleness()));
    }

    private static SourceSettings source(String name, StateSyncProperties.Source it) {
        String prefix = "statesync.sources." + name;
        boolean remote = !it.urls().isEmpty();
        String events = it.events() != null ? it.events() : remote ? "stomp" : "application-events";
        String snapshots = it.snapshots() != null ? it.snapshots() : remote ? "http" : SourceSettings.LOCAL;
        if (!remote && (events.equals("stomp") || snapshots.equals("http"))) {
            throw new SetupException(
                    "Source \"" + name + "\" is read over " + (snapshots.equals("http") ? "http" : "stomp")
                            + ", but it has no URL.",
                    "Set " + prefix + ".urls to its base URL, such as \"https://shop:8080\".");
        }
        if (it.maxSnapshotSize().toBytes() < 1) {
            throw new SetupException(
                    prefix + ".max-snapshot-size is " + it.maxSnapshotSize() + ".", "Set it to at least 1B.");
        }
        return new SourceSettings(
                name,
                it.urls().stream().map(url -> SourceSettings.baseUrl(name, url)).toList(),
                Paths.requireValid(prefix + ".path", it.path()),
                events,
                snapshots,
                positive(prefix + ".probe-interval", it.probeInterval()),
                positive(prefix + ".connect-timeout", it.connectTimeout()),
                positive(prefix + ".read-timeout", it.readTimeout()),
                it.maxSnapshotSize().toBytes(),
                it.sslBundle());
    }

    private static Duration or(@Nullable Duration own, Duration otherwise) {
        return own == null ? otherwise : own;
    }

    private static @Nullable Duration positiveOrNone(String property, @Nullable Duration value) {
        return value == null ? null : positive(property, value);
    }

    private static Duration positive(String property, Duration value) {
        return valid("Set it to a duration such as \"30s\".", "", () -> Durations.positive(property, value));
    }

    private static <T> T valid(String action, String prefix, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new SetupException(prefix + e.getMessage() + ".", action, e);
        }
    }
}
