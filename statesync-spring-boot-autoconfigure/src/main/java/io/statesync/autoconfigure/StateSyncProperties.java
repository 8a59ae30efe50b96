package io.statesync.autoconfigure;

import io.statesync.OnRegression;
import io.statesync.spring.Startup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Everything under {@code statesync}. An unknown key is an error.
 *
 * @param enabled Whether StateSync is on.
 * @param topics Settings per topic, by its name; a name with a dot or a colon is written in brackets: "[feature.flags]".
 * @param sources The sources of truth that this application is a replica of, by a name of its own choice.
 * @param defaults What holds for each topic that does not say otherwise.
 * @param server How this application serves the topics that it exposes.
 */
@ConfigurationProperties(prefix = "statesync", ignoreUnknownFields = false)
record StateSyncProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Map<String, Topic> topics,
        @DefaultValue Map<String, Source> sources,
        @DefaultValue Defaults defaults,
        @DefaultValue Server server) {

    /**
     * Settings of one topic.
     *
     * @param expose Whether other processes may read this topic, which has its source here, and hear its invalidations.
     * @param source Name of the source under "statesync.sources" that this topic is read from.
     * @param type Class of the topic's data; only where no applier or container says it.
     * @param startup Whether the application waits for the first snapshot of this topic.
     * @param startupTimeout How long the start of the application waits for the first snapshot, if it is required.
     * @param fetchTimeout How long one fetch of a snapshot may take.
     * @param onRegression What to do when the source answers an older revision than was applied.
     * @param maxStaleness How long this topic can be read after it was last found current at the source.
     */
    record Topic(
            @DefaultValue("false") boolean expose,
            @Nullable String source,
            @Nullable Class<?> type,
            @Nullable Startup startup,
            @Nullable Duration startupTimeout,
            @Nullable Duration fetchTimeout,
            @Nullable OnRegression onRegression,
            @Nullable Duration maxStaleness) {}

    /**
     * A source of truth in another process.
     *
     * @param urls Base URLs of the source, such as "https://shop:8080"; the first that answers is used.
     * @param path Path below the base URL that the source serves under.
     * @param events How invalidations arrive: "stomp" or "application-events". By default "stomp" if there are URLs.
     * @param snapshots How snapshots are read: "http" or "local". By default "http" if there are URLs.
     * @param probeInterval How often the source is asked for current revisions, give or take 20 %.
     * @param connectTimeout How long to wait for a connection.
     * @param readTimeout How long to wait for an answer.
     * @param maxSnapshotSize Largest snapshot that is accepted.
     * @param sslBundle Name of the SSL bundle for https and wss.
     */
    record Source(
            @DefaultValue List<String> urls,
            @DefaultValue("/statesync") String path,
            @Nullable String events,
            @Nullable String snapshots,
            @DefaultValue("30s") Duration probeInterval,
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("10s") Duration readTimeout,
            @DefaultValue("64MB") DataSize maxSnapshotSize,
            @Nullable String sslBundle) {}

    /**
     * What holds for each topic that does not say otherwise.
     *
     * @param source Name of the source under "statesync.sources"; needed only if there are several.
     * @param startup Whether the application waits for the first snapshot of each topic.
     * @param startupTimeout How long the start of the application waits for the first snapshots that are required.
     * @param fetchTimeout How long one fetch of a snapshot may take.
     * @param onRegression What to do when a source answers an older revision than was applied.
     * @param maxStaleness How long topics can be read after they were last found current at the source; by default for ever.
     * @param catchUp How soon a topic that is behind, or whose fetch failed, is fetched again.
     */
    record Defaults(
            @Nullable String source,
            @DefaultValue("required") Startup startup,
            @DefaultValue("30s") Duration startupTimeout,
            @DefaultValue("30s") Duration fetchTimeout,
            @DefaultValue("ignore") OnRegression onRegression,
            @Nullable Duration maxStaleness,
            @DefaultValue CatchUp catchUp) {}

    /**
     * A back-off: exponential, with full jitter.
     *
     * @param initial Longest delay after the first failure.
     * @param max Longest delay after many failures.
     */
    record CatchUp(
            @DefaultValue("200ms") Duration initial,
            @DefaultValue("30s") Duration max) {}

    /**
     * How this application serves the topics that it exposes.
     *
     * @param path Path of the endpoints: below it are "snapshots", "revisions" and "ws".
     * @param maxConcurrentSnapshots How many snapshots are served at once; further readers wait, then are told to come
     *     again.
     * @param allowedOrigins Origins of web pages on other hosts that may connect; by default only the same origin.
     */
    record Server(
            @DefaultValue("/statesync") String path,
            @DefaultValue("20") int maxConcurrentSnapshots,
            @DefaultValue List<String> allowedOrigins) {}
}
