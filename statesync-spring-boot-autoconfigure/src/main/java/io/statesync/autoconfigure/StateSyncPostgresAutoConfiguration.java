package io.statesync.autoconfigure;

import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.policy.Scheduler;
import io.statesync.spring.AnnouncementDriver;
import io.statesync.spring.EventDriver;
import io.statesync.spring.ExposedTopics;
import io.statesync.spring.SetupException;
import io.statesync.spring.SourceLog;
import io.statesync.spring.SourceSettings;
import io.statesync.spring.TopicBeans;
import io.statesync.spring.jdbc.PostgresChannel;
import io.statesync.spring.jdbc.PostgresPublisher;
import io.statesync.spring.jdbc.PostgresTransport;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;

/** Invalidations by LISTEN and NOTIFY. */
@AutoConfiguration(after = StateSyncJdbcAutoConfiguration.class)
@ConditionalOnClass({PGConnection.class, JdbcConnectionDetails.class})
@ConditionalOnBean({ExposedTopics.class, Databases.class})
public final class StateSyncPostgresAutoConfiguration {

    @Bean
    EventDriver statesyncPostgresDriver(
            ReadSettings settings,
            ObjectProvider<JdbcConnectionDetails> details,
            Scheduler scheduler,
            ListableBeanFactory beans) {
        PostgresConnections connections =
                new PostgresConnections(settings.properties().postgres(), details);
        TopicBeans topics = new TopicBeans(beans);
        return new NamedEventDriver(
                "postgres",
                (source, log) ->
                        transport(settings.properties().postgres(), connections, scheduler, topics, source, log));
    }

    @Bean
    AnnouncementDriver statesyncPostgresAnnouncements(ReadSettings settings, Databases databases) {
        return new Driver(settings.properties().postgres(), databases);
    }

    private static InvalidationSubscriber transport(
            PostgresProperties properties,
            PostgresConnections connections,
            Scheduler scheduler,
            TopicBeans topics,
            SourceSettings source,
            SourceLog log) {
        return PostgresTransport.on(connections.forSource(source))
                .channel(channel(properties))
                .name(source.name())
                .scheduler(scheduler)
                .backoff(source.connection().reconnect())
                .keepAlive(source.connection().heartbeat(), source.connection().heartbeat())
                .connectionListener(log::connected, log::disconnected)
                .listener(new StrayMessages(topics))
                .build();
    }

    private static PostgresChannel channel(PostgresProperties properties) {
        try {
            return new PostgresChannel(properties.channel());
        } catch (IllegalArgumentException e) {
            throw new SetupException(
                    "statesync.postgres.channel: " + e.getMessage() + ".", "Write a name such as \"statesync\".", e);
        }
    }

    private record Driver(PostgresProperties properties, Databases databases) implements AnnouncementDriver {

        @Override
        public String name() {
            return "postgres";
        }

        @Override
        public InvalidationPublisher open() {
            return new PostgresPublisher(databases.require("statesync.announce=postgres"), channel(properties));
        }
    }
}
