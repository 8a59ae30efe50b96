package io.statesync.autoconfigure;

import io.statesync.OnRegression;
import io.statesync.spring.IntegrityCheck;
import io.statesync.spring.Startup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Everything under {@code statesync}. An unknown key is an error. A name that begins like another one comes after it: the
 * processor of the metadata takes the first description that begins so.
 *
 * @param enabled Whether StateSync is on.
 * @param topics Settings per topic, by its name; a name with a dot or a colon is written in brackets: "[feature.flags]".
 * @param sources The sources of truth that this application is a replica of, by a name of its own choice.
 * @param defaults What holds for each topic that does not say otherwise.
 * @param server How this application serves the topics that it exposes.
 * @param counter Where the revisions of this application's topics are counted: "memory", which is for one instance alone,
 *     "jdbc" or "redis". A RevisionCounter bean comes before it.
 * @param announce What the changes made in this application are announced over, besides the application itself and the
 *     endpoints of its exposed topics, and what those of its other instances are heard over: "postgres", "redis", "kafka",
 *     "relay".
 * @param jdbc Revisions and snapshots in a database.
 * @param postgres Invalidations by LISTEN and NOTIFY.
 * @param redis Revisions, snapshots and invalidations in Redis.
 * @param kafka Invalidations over Kafka.
 * @param relay Invalidations over a message broker that speaks STOMP.
 * @param persistence Where persisted snapshots are kept.
 * @param mutations Optimistic transactions.
 */
@ConfigurationProperties(prefix = "statesync", ignoreUnknownFields = false)
record StateSyncProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Map<String, Topic> topics,
        @DefaultValue Map<String, Source> sources,
        @DefaultValue Defaults defaults,
        @DefaultValue Server server,
        @DefaultValue("memory") String counter,
        @DefaultValue List<String> announce,
        @DefaultValue @NestedConfigurationProperty JdbcProperties jdbc,
        @DefaultValue @NestedConfigurationProperty PostgresProperties postgres,
        @DefaultValue @NestedConfigurationProperty RedisProperties redis,
        @DefaultValue @NestedConfigurationProperty KafkaTopicProperties kafka,
        @DefaultValue @NestedConfigurationProperty RelayProperties relay,
        @DefaultValue @NestedConfigurationProperty PersistenceProperties persistence,
        @DefaultValue @NestedConfigurationProperty MutationProperties mutations) {

    /**
     * Settings of one topic.
     *
     * @param expose Whether other processes may read this topic, which has its source here, and hear its invalidations.
     * @param source Name of the source under "statesync.sources" that this topic is read from.
     * @param type Class of the topic's data; only where no applier or container says it.
     * @param startup Whether the application waits for the first snapshot of this topic.
     * @param startupTimeout How long the start of the application waits for the first snapshot, if it is required.
     * @param fetchTimeout How long one fetch of a snapshot may take.
     * @param stopTimeout How long a stop waits for an applier of this topic that runs, before it interrupts it.
     * @param onRegression What to do when the source answers an older revision than was applied.
     * @param maxStaleness How long this topic can be read after it was last found current at the source.
     * @param catchUp How soon this topic is fetched again while it is behind, or its fetch failed.
     * @param throttling How often events may lead to a fetch of this topic.
     * @param retry How a fetch of this topic that failed is repeated at once.
     * @param persistence How the snapshots of this topic outlive the application.
     */
    record Topic(
            @DefaultValue("false") boolean expose,
            @Nullable String source,
            @Nullable Class<?> type,
            @Nullable Startup startup,
            @Nullable Duration startupTimeout,
            @Nullable Duration fetchTimeout,
            @Nullable Duration stopTimeout,
            @Nullable OnRegression onRegression,
            @Nullable Duration maxStaleness,
            @DefaultValue TopicCatchUp catchUp,
            @DefaultValue TopicThrottling throttling,
            @DefaultValue TopicRetry retry,
            @DefaultValue TopicPersistence persistence) {}

    /**
     * The persistence of one topic.
     *
     * @param storage Where its snapshots are kept: "file", "memory", "jdbc", "redis", the name of a SnapshotStorageDriver
     *     bean, or "none".
     * @param debounce How long no further snapshot may be applied before one is saved; 0 for no wait.
     * @param maxWait Longest time that a debounce holds back a save; by default ten times the debounce.
     * @param throttle Time in which applied snapshots lead to one save at most; 0 for no limit.
     * @param compression How records are compressed: "none", "gzip", or the name of a Compression bean.
     * @param integrity What tells that a record is whole.
     * @param schemaVersion Version of the data's shape, raised with each change that older records have to be migrated for; by
     *     default that of the topic's migrations, or 1.
     * @param ttl How long a record may be restored after it was saved; by default for ever.
     * @param ignoreTtl Whether a record that is too old is restored all the same.
     */
    record TopicPersistence(
            @Nullable String storage,
            @Nullable Duration debounce,
            @Nullable Duration maxWait,
            @Nullable Duration throttle,
            @Nullable String compression,
            @Nullable IntegrityCheck integrity,
            @Nullable Integer schemaVersion,
            @Nullable Duration ttl,
            @Nullable Boolean ignoreTtl) {}

    /**
     * The back-off of one topic.
     *
     * @param initial Longest delay after the first failure.
     * @param max Longest delay after many failures.
     */
    record TopicCatchUp(
            @Nullable Duration initial, @Nullable Duration max) {}

    /**
     * The throttling of one topic.
     *
     * @param debounce How long no further event may come before one leads to a fetch; 0 for no wait.
     * @param maxWait Longest time that a debounce holds back a fetch; by default ten times the debounce.
     * @param throttle Time in which events lead to one fetch at most; 0 for no limit.
     * @param leading Whether the first event of such a time leads to a fetch at once, and not at its end.
     */
    record TopicThrottling(
            @Nullable Duration debounce,
            @Nullable Duration maxWait,
            @Nullable Duration throttle,
            @Nullable Boolean leading) {}

    /**
     * The immediate retry of one topic.
     *
     * @param initial Longest delay after the first attempt.
     * @param max Longest delay after many attempts.
     * @param factor By how much the longest delay grows with each attempt.
     * @param maxAttempts How often one fetch is tried, the first attempt included; 1 for no retry.
     */
    record TopicRetry(
            @Nullable Duration initial,
            @Nullable Duration max,
            @Nullable Double factor,
            @Nullable Integer maxAttempts) {}

    /**
     * A source of truth in another process.
     *
     * @param urls Base URLs of the source, such as "https://shop:8080"; the first that answers is used.
     * @param path Path below the base URL that the source serves under.
     * @param events How invalidations arrive: "stomp", "postgres", "redis", "kafka", "relay" or "application-events". By default
     *     "stomp" if there are URLs.
     * @param snapshots How snapshots are read: "http", "jdbc", "redis" or "local". By default "http" if there are URLs.
     * @param probeInterval How often the source is asked for current revisions, give or take 20 %.
     * @param connectTimeout How long to wait for a connection.
     * @param readTimeout How long to wait for an answer.
     * @param maxSnapshotSize Largest snapshot that is accepted.
     * @param maxConcurrentFetches How many topics of this source are fetched at once.
     * @param heartbeat How often each side of the web socket sends a sign of life; three missed ones end the connection. With
     *     "postgres", "redis" or "kafka" the server is asked that often.
     * @param receiptTimeout How long to wait for the receipt of a subscription before the source counts as one that sends
     *     none.
     * @param reconnect How soon a lost connection for invalidations is tried again.
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
            @DefaultValue("8") int maxConcurrentFetches,
            @DefaultValue("5s") Duration heartbeat,
            @DefaultValue("5s") Duration receiptTimeout,
            @DefaultValue Reconnect reconnect,
            @Nullable String sslBundle) {}

    /**
     * The back-off of a connection.
     *
     * @param initial Longest delay after the first attempt to connect.
     * @param max Longest delay after many attempts to connect.
     */
    record Reconnect(
            @DefaultValue("100ms") Duration initial,
            @DefaultValue("10s") Duration max) {}

    /**
     * What holds for each topic that does not say otherwise.
     *
     * @param source Name of the source under "statesync.sources"; needed only if there are several.
     * @param startup Whether the application waits for the first snapshot of each topic.
     * @param startupTimeout How long the start of the application waits for the first snapshots that are required.
     * @param fetchTimeout How long one fetch of a snapshot may take.
     * @param stopTimeout How long a stop waits for an applier that runs, before it interrupts it.
     * @param onRegression What to do when a source answers an older revision than was applied.
     * @param maxStaleness How long topics can be read after they were last found current at the source; by default for ever.
     * @param catchUp How soon a topic that is behind, or whose fetch failed, is fetched again.
     * @param throttling How often events may lead to a fetch.
     * @param retry How a fetch that failed is repeated at once, before it counts as failed.
     * @param persistence How snapshots outlive the application.
     */
    record Defaults(
            @Nullable String source,
            @DefaultValue("required") Startup startup,
            @DefaultValue("30s") Duration startupTimeout,
            @DefaultValue("30s") Duration fetchTimeout,
            @DefaultValue("10s") Duration stopTimeout,
            @DefaultValue("ignore") OnRegression onRegression,
            @Nullable Duration maxStaleness,
            @DefaultValue CatchUp catchUp,
            @DefaultValue Throttling throttling,
            @DefaultValue Retry retry,
            @DefaultValue @NestedConfigurationProperty DefaultPersistence persistence) {}

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
     * How often events may lead to a fetch.
     *
     * @param debounce How long no further event may come before one leads to a fetch; 0 for no wait.
     * @param maxWait Longest time that a debounce holds back a fetch; by default ten times the debounce.
     * @param throttle Time in which events lead to one fetch at most; 0 for no limit.
     * @param leading Whether the first event of such a time leads to a fetch at once, and not at its end.
     */
    record Throttling(
            @DefaultValue("0s") Duration debounce,
            @Nullable Duration maxWait,
            @DefaultValue("0s") Duration throttle,
            @DefaultValue("true") boolean leading) {}

    /**
     * A retry within a fetch: exponential delays, with full jitter.
     *
     * @param initial Longest delay after the first attempt.
     * @param max Longest delay after many attempts.
     * @param factor By how much the longest delay grows with each attempt.
     * @param maxAttempts How often one fetch is tried, the first attempt included; 1 for no retry.
     */
    record Retry(
            @DefaultValue("100ms") Duration initial,
            @DefaultValue("2s") Duration max,
            @DefaultValue("2") double factor,
            @DefaultValue("1") int maxAttempts) {}

    /**
     * How this application serves the topics that it exposes.
     *
     * @param path Path of the endpoints: below it are "snapshots", "revisions" and "ws".
     * @param maxConcurrentSnapshots How many snapshots are served at once; further readers wait, then are told to come
     *     again.
     * @param maxWait How long a reader waits before it is told to come again.
     * @param maxWaitingRequests How many further readers wait, the rest are told at once to come again; by default ten
     *     times the snapshots that are served at once.
     * @param heartbeat How often each side of a web socket sends a sign of life.
     * @param sendTimeLimit How long one message to a client may take before the client is cut off.
     * @param sendBufferSize How much may wait for one slow client before the client is cut off.
     * @param allowedOrigins Origins of web pages on other hosts that may connect; by default only the same origin.
     */
    record Server(
            @DefaultValue("/statesync") String path,
            @DefaultValue("20") int maxConcurrentSnapshots,
            @DefaultValue("5s") Duration maxWait,
            @Nullable Integer maxWaitingRequests,
            @DefaultValue("5s") Duration heartbeat,
            @DefaultValue("10s") Duration sendTimeLimit,
            @DefaultValue("512KB") DataSize sendBufferSize,
            @DefaultValue List<String> allowedOrigins) {}
}
