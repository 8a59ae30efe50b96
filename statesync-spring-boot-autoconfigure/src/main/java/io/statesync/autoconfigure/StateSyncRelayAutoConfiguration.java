package io.statesync.autoconfigure;

import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.policy.Scheduler;
import io.statesync.spring.AnnouncementDriver;
import io.statesync.spring.EventDriver;
import io.statesync.spring.ExposedTopics;
import io.statesync.spring.SourceLog;
import io.statesync.spring.SourceSettings;
import io.statesync.spring.TopicBeans;
import io.statesync.spring.relay.RelayPublisher;
import io.statesync.spring.relay.RelayTransport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.simp.stomp.StompDecoder;
import tools.jackson.databind.json.JsonMapper;

/** Invalidations over a message broker that speaks STOMP. */
@AutoConfiguration(after = StateSyncAutoConfiguration.class)
@ConditionalOnClass({StompDecoder.class, JsonMapper.class})
@ConditionalOnBean(ExposedTopics.class)
public final class StateSyncRelayAutoConfiguration {

    private static final String NAME = "relay";

    @Bean
    RelayBrokers statesyncRelayBrokers(ReadSettings settings, ObjectProvider<SslBundles> bundles) {
        return new RelayBrokers(settings.properties().relay(), bundles);
    }

    @Bean
    EventDriver statesyncRelayDriver(RelayBrokers brokers, Scheduler scheduler, ListableBeanFactory beans) {
        TopicBeans topics = new TopicBeans(beans);
        return new NamedEventDriver(NAME, (source, log) -> transport(brokers, scheduler, topics, source, log));
    }

    @Bean
    Driver statesyncRelayAnnouncements(RelayBrokers brokers, Scheduler scheduler) {
        return new Driver(brokers, scheduler, new CopyOnWriteArrayList<>());
    }

    private static InvalidationSubscriber transport(
            RelayBrokers brokers, Scheduler scheduler, TopicBeans topics, SourceSettings source, SourceLog log) {
        return RelayTransport.over(brokers.require(source.eventsProperty() + "=" + NAME))
                .name(source.name())
                .scheduler(scheduler)
                .backoff(source.connection().reconnect())
                .connectionListener(log::connected, log::disconnected)
                .listener(new StrayMessages(topics))
                .build();
    }

    /** Closed with the context, after whoever announces. */
    record Driver(RelayBrokers brokers, Scheduler scheduler, List<RelayPublisher> opened)
            implements AnnouncementDriver, AutoCloseable {

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public InvalidationPublisher open() {
            RelayPublisher publisher = new RelayPublisher(brokers.require("statesync.announce=" + NAME), scheduler);
            opened.add(publisher);
            return publisher;
        }

        @Override
        public void close() {
            opened.forEach(RelayPublisher::close);
        }
    }
}
