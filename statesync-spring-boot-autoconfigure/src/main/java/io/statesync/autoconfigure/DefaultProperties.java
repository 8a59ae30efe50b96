package io.statesync.autoconfigure;

import io.statesync.OnRegression;
import io.statesync.spring.IntegrityCheck;
import io.statesync.spring.Startup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/** What the properties are where nothing is written: as {@code @DefaultValue} says, without converting it at each start. */
final class DefaultProperties {

    static final StateSyncProperties.Topic TOPIC = new StateSyncProperties.Topic(
            false,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            new StateSyncProperties.TopicCatchUp(null, null),
            new StateSyncProperties.TopicThrottling(null, null, null, null),
            new StateSyncProperties.TopicRetry(null, null, null, null),
            PersistenceReader.NOTHING);

    static final StateSyncProperties.Source SOURCE = new StateSyncProperties.Source(
            List.of(),
            "/statesync",
            null,
            null,
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            DataSize.ofMegabytes(64),
            8,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            new StateSyncProperties.Reconnect(Duration.ofMillis(100), Duration.ofSeconds(10)),
            null);

    private static final StateSyncProperties.Defaults DEFAULTS = new StateSyncProperties.Defaults(
            null,
            Startup.REQUIRED,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            OnRegression.IGNORE,
            null,
            new StateSyncProperties.CatchUp(Duration.ofMillis(200), Duration.ofSeconds(30)),
            new StateSyncProperties.Throttling(Duration.ZERO, null, Duration.ZERO, true),
            new StateSyncProperties.Retry(Duration.ofMillis(100), Duration.ofSeconds(2), 2, 1),
            new DefaultPersistence(
                    "none",
                    Duration.ZERO,
                    null,
                    Duration.ofSeconds(1),
                    "none",
                    IntegrityCheck.CRC32C,
                    null,
                    null,
                    false));

    private static final MutationProperties MUTATIONS = new MutationProperties(
            MutationProperties.Strategy.ORDERED,
            MutationProperties.QueueLane.OBJECT,
            new MutationProperties.Retry(Duration.ofSeconds(1), 2, 0.3, Duration.ofSeconds(30), 5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            MutationProperties.Unconfirmed.COMPLETE_UNCONFIRMED,
            64,
            MutationProperties.Storage.JDBC,
            null,
            "statesync-data",
            "default",
            MutationProperties.SecondProcess.MEMORY_WITH_ALARM,
            new MutationProperties.History(1000),
            new MutationProperties.Recovery(3, Duration.ofMinutes(1)),
            new MutationProperties.Shutdown(Duration.ofSeconds(10)),
            Duration.ofMinutes(5),
            false,
            false);

    /** Everything. */
    static final StateSyncProperties ALL = new StateSyncProperties(
            true,
            Map.of(),
            Map.of(),
            DEFAULTS,
            new StateSyncProperties.Server(
                    "/statesync",
                    20,
                    Duration.ofSeconds(5),
                    null,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    DataSize.ofKilobytes(512),
                    List.of()),
            "memory",
            List.of(),
            new JdbcProperties(
                    JdbcProperties.InitializeSchema.EMBEDDED,
                    "classpath:io/statesync/spring/jdbc/schema-@@platform@@.sql",
                    null,
                    "statesync_"),
            new PostgresProperties("statesync", null, null, null),
            new RedisProperties("statesync", "statesync:"),
            new KafkaTopicProperties("statesync.invalidations", true, 1, (short) -1),
            new RelayProperties(
                    null,
                    61613,
                    "/topic/statesync",
                    null,
                    null,
                    null,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    null),
            new PersistenceProperties(
                    Duration.ofSeconds(5), null, new PersistenceProperties.File(null, true, Duration.ofSeconds(1))),
            MUTATIONS);

    private DefaultProperties() {}
}
