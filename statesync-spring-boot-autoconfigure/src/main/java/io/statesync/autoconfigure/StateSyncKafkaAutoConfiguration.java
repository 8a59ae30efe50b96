package io.statesync.autoconfigure;

import io.statesync.InvalidationSubscriber;
import io.statesync.policy.Scheduler;
import io.statesync.spring.AnnouncementDriver;
import io.statesync.spring.EventDriver;
import io.statesync.spring.ExposedTopics;
import io.statesync.spring.SourceLog;
import io.statesync.spring.SourceSettings;
import io.statesync.spring.TopicBeans;
import io.statesync.spring.kafka.KafkaTransport;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Invalidations over Kafka, reached as Spring's own properties say. */
@AutoConfiguration(
        after = StateSyncAutoConfiguration.class,
        afterName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@ConditionalOnClass({KafkaTemplate.class, KafkaConsumer.class, JsonMapper.class})
@ConditionalOnBean(ExposedTopics.class)
public final class StateSyncKafkaAutoConfiguration {

    @Bean
    KafkaClients statesyncKafkaClients(
            ObjectProvider<ConsumerFactory<?, ?>> consumers,
            ObjectProvider<ProducerFactory<?, ?>> producers,
            ObjectProvider<KafkaTemplate<?, ?>> templates) {
        return new KafkaClients(consumers, producers, templates);
    }

    @Bean
    EventDriver statesyncKafkaDriver(
            ReadSettings settings, KafkaClients clients, Scheduler scheduler, ListableBeanFactory beans) {
        TopicBeans topics = new TopicBeans(beans);
        return new NamedEventDriver(
                "kafka",
                (source, log) -> transport(settings.properties().kafka(), clients, scheduler, topics, source, log));
    }

    @Bean
    AnnouncementDriver statesyncKafkaAnnouncements(ReadSettings settings, KafkaClients clients, Scheduler scheduler) {
        return new KafkaAnnouncements(settings.properties().kafka(), clients, scheduler, new AtomicReference<>());
    }

    private static InvalidationSubscriber transport(
            KafkaTopicProperties properties,
            KafkaClients clients,
            Scheduler scheduler,
            TopicBeans topics,
            SourceSettings source,
            SourceLog log) {
        Map<String, Object> reached = clients.ofConsumers("statesync.sources." + source.name() + ".events=kafka");
        return KafkaTransport.on(reached)
                .channel(properties.channel())
                .name(source.name())
                .scheduler(scheduler)
                .backoff(source.connection().reconnect())
                .keepAlive(source.connection().heartbeat(), source.connection().heartbeat())
                .connectionListener(log::connected, log::disconnected)
                .listener(new StrayMessages(topics))
                .build();
    }
}
