package io.statesync.autoconfigure;

import io.lettuce.core.RedisClient;
import io.statesync.InvalidationSubscriber;
import io.statesync.policy.Scheduler;
import io.statesync.source.RevisionCounter;
import io.statesync.spring.AnnouncementDriver;
import io.statesync.spring.Announcer;
import io.statesync.spring.ChangeObserver;
import io.statesync.spring.CounterDriver;
import io.statesync.spring.EventDriver;
import io.statesync.spring.ExposedTopics;
import io.statesync.spring.PersistedStorage;
import io.statesync.spring.SetupException;
import io.statesync.spring.SnapshotDriver;
import io.statesync.spring.SnapshotStorageDriver;
import io.statesync.spring.SourceLog;
import io.statesync.spring.SourceSettings;
import io.statesync.spring.TopicBeans;
import io.statesync.spring.json.SnapshotCodec;
import io.statesync.spring.redis.RedisChannel;
import io.statesync.spring.redis.RedisKeys;
import io.statesync.spring.redis.RedisRevisionCounter;
import io.statesync.spring.redis.RedisSnapshotStorage;
import io.statesync.spring.redis.RedisStateStore;
import io.statesync.spring.redis.RedisTransport;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import tools.jackson.databind.json.JsonMapper;

/** Revisions, snapshots and invalidations in the application's Redis. */
@AutoConfiguration(
        after = {StateSyncAutoConfiguration.class, StateSyncHttpAutoConfiguration.class},
        afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass({RedisConnectionFactory.class, RedisClient.class, JsonMapper.class})
@ConditionalOnBean(ExposedTopics.class)
public final class StateSyncRedisAutoConfiguration {

    @Bean
    RedisServers statesyncRedisServers(ObjectProvider<RedisConnectionFactory> factories) {
        return new RedisServers(factories);
    }

    @Bean
    RedisKeys statesyncRedisKeys(ReadSettings settings) {
        try {
            return new RedisKeys(settings.properties().redis().keyPrefix());
        } catch (IllegalArgumentException e) {
            throw new SetupException(
                    "statesync.redis.key-prefix: " + e.getMessage() + ".", "Write a prefix such as \"statesync:\".", e);
        }
    }

    @Bean
    RedisChannel statesyncRedisChannel(ReadSettings settings) {
        try {
            return new RedisChannel(settings.properties().redis().channel());
        } catch (IllegalArgumentException e) {
            throw new SetupException(
                    "statesync.redis.channel: " + e.getMessage() + ".", "Write a name such as \"statesync\".", e);
        }
    }

    @Bean
    EventDriver statesyncRedisDriver(
            RedisServers servers, RedisChannel channel, Scheduler scheduler, ListableBeanFactory beans) {
        TopicBeans topics = new TopicBeans(beans);
        return new NamedEventDriver(
                "redis", (source, log) -> transport(servers, channel, scheduler, topics, source, log));
    }

    @Bean
    AnnouncementDriver statesyncRedisAnnouncements(RedisServers servers, RedisChannel channel) {
        return new RedisAnnouncementDriver(servers, channel);
    }

    @Bean
    CounterDriver statesyncRedisCounterDriver(RedisServers servers, RedisKeys keys) {
        return new RedisCounterDriver(servers, keys);
    }

    @Bean
    SnapshotDriver statesyncRedisSnapshotDriver(RedisServers servers, RedisKeys keys, SnapshotCodec codec) {
        return new RedisSnapshotDriver(servers, keys, codec);
    }

    @Bean
    SnapshotStorageDriver statesyncRedisStorageDriver(RedisServers servers, RedisKeys keys) {
        return new NamedStorageDriver(
                "redis", property -> PersistedStorage.of(new RedisSnapshotStorage(servers.require(property), keys)));
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "statesync.counter", havingValue = "redis")
    RedisStateStore statesyncRedisStateStore(
            RedisServers servers,
            RedisKeys keys,
            RedisChannel channel,
            SnapshotCodec codec,
            RevisionCounter counter,
            Announcer announcer,
            ObjectProvider<ChangeObserver> observer) {
        if (!(counter instanceof RedisRevisionCounter)) {
            throw new SetupException(
                    "statesync.counter is \"redis\", but the application's own RevisionCounter bean comes before it: what"
                            + " a RedisStateStore writes would have other revisions than are announced.",
                    "Remove the bean, or statesync.counter.");
        }
        return new RedisStateStore(
                servers.require(RedisCounterDriver.PROPERTY),
                keys,
                channel,
                codec,
                announcer,
                observer.getIfAvailable(() -> ChangeObserver.NONE));
    }

    private static InvalidationSubscriber transport(
            RedisServers servers,
            RedisChannel channel,
            Scheduler scheduler,
            TopicBeans topics,
            SourceSettings source,
            SourceLog log) {
        return RedisTransport.on(servers.requireLettuce("statesync.sources." + source.name() + ".events=redis"))
                .channel(channel)
                .name(source.name())
                .scheduler(scheduler)
                .backoff(source.connection().reconnect())
                .heartbeat(source.connection().heartbeat())
                .connectionListener(log::connected, log::disconnected)
                .listener(new StrayMessages(topics))
                .build();
    }
}
