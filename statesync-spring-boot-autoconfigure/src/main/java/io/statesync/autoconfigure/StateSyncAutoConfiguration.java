package io.statesync.autoconfigure;

import io.statesync.InvalidationPublisher;
import io.statesync.policy.Scheduler;
import io.statesync.source.RevisionCounter;
import io.statesync.source.StatePublisher;
import io.statesync.spring.AnnouncementDriver;
import io.statesync.spring.Announcer;
import io.statesync.spring.ApplierKind;
import io.statesync.spring.ChangeObserver;
import io.statesync.spring.CounterDriver;
import io.statesync.spring.EventDriver;
import io.statesync.spring.ExposedTopics;
import io.statesync.spring.InvalidatesTopicPostProcessor;
import io.statesync.spring.LoggingSyncListener;
import io.statesync.spring.OtherInstances;
import io.statesync.spring.PersistedTopics;
import io.statesync.spring.Replicas;
import io.statesync.spring.RevisionSyncFactory;
import io.statesync.spring.SnapshotDriver;
import io.statesync.spring.SyncLifecycle;
import io.statesync.spring.SyncSources;
import io.statesync.spring.TopicRegistrar;
import io.statesync.spring.TopicSources;
import io.statesync.spring.event.ApplicationEventTransport;
import java.util.stream.Stream;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Topics from properties and annotations, their engines, publishing and the life cycle. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "statesync.enabled", matchIfMissing = true)
@EnableConfigurationProperties(StateSyncProperties.class)
@Import({
    ApplicationEventsConfiguration.class,
    PersistenceConfiguration.class,
    PublisherConfiguration.Transactional.class,
    PublisherConfiguration.Plain.class,
    PropertiesOnDemand.class
})
public final class StateSyncAutoConfiguration {

    @Bean
    static ReadSettings statesyncSettings(Environment environment) {
        return SettingsReader.read(environment);
    }

    @Bean
    static TopicRegistrar statesyncTopicRegistrar(ReadSettings settings, ObjectProvider<ApplierKind> kinds) {
        return new TopicRegistrar(settings.topics(), kinds.orderedStream().toList());
    }

    @Bean
    static InvalidatesTopicPostProcessor statesyncInvalidatesTopicPostProcessor(
            Environment environment, ObjectProvider<StatePublisher> publisher) {
        boolean proxyTargetClass = environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true);
        return new InvalidatesTopicPostProcessor(publisher::getObject, proxyTargetClass);
    }

    @Bean
    @ConditionalOnMissingBean
    Scheduler statesyncScheduler() {
        return Scheduler.system();
    }

    @Bean
    @ConditionalOnMissingBean
    RevisionCounter statesyncRevisionCounter(ReadSettings settings, ObjectProvider<CounterDriver> drivers) {
        return Counters.open(
                settings.properties().counter(), drivers.orderedStream().toList());
    }

    @Bean
    TopicSources statesyncTopicSources(TopicRegistrar registrar, RevisionCounter counter, BeanFactory beans) {
        return new TopicSources(registrar, counter, beans);
    }

    @Bean
    ExposedTopics statesyncExposedTopics(TopicSources sources) {
        return sources.exposed();
    }

    @Bean
    SyncSources statesyncSources(
            TopicSources here,
            ObjectProvider<EventDriver> events,
            ObjectProvider<SnapshotDriver> snapshots,
            Scheduler scheduler,
            Environment environment) {
        return new SyncSources(
                here, events.orderedStream(), snapshots.orderedStream(), scheduler, Threads.of(environment));
    }

    @Bean(TopicRegistrar.REPLICAS_BEAN)
    Replicas statesyncReplicas(
            TopicRegistrar registrar,
            SyncSources sources,
            PersistedTopics persistence,
            Scheduler scheduler,
            ListableBeanFactory beans) {
        return new Replicas(registrar, sources, persistence, scheduler, beans);
    }

    @Bean
    RevisionSyncFactory statesyncRevisionSyncFactory(TopicRegistrar registrar, Replicas replicas) {
        return new RevisionSyncFactory(registrar, replicas);
    }

    @Bean
    @ConditionalOnMissingBean
    Announcer statesyncAnnouncer(
            ReadSettings settings,
            ObjectProvider<InvalidationPublisher> publishers,
            ObjectProvider<AnnouncementDriver> drivers,
            Scheduler scheduler,
            Environment environment,
            ObjectProvider<ChangeObserver> observer) {
        Stream<InvalidationPublisher> named = Announcements.named(
                settings.properties().announce(), drivers.orderedStream().toList());
        return new Announcer(
                InstanceName.of(environment),
                Stream.concat(publishers.orderedStream(), named),
                scheduler,
                Threads.of(environment),
                observer.getIfAvailable(() -> ChangeObserver.NONE));
    }

    @Bean
    OtherInstances statesyncOtherInstances(
            ReadSettings settings,
            TopicSources sources,
            ApplicationEventTransport here,
            RevisionCounter counter,
            Announcer announcer,
            ObjectProvider<EventDriver> drivers,
            Environment environment) {
        return new OtherInstances(
                announcer.sourceId(),
                sources,
                here,
                Counters.isInMemory(counter),
                Threads.of(environment),
                settings.properties().announce(),
                drivers.orderedStream());
    }

    @Bean
    SyncLifecycle statesyncLifecycle(
            Replicas replicas, TopicSources sources, Announcer announcer, Scheduler scheduler) {
        return new SyncLifecycle(replicas, sources, announcer, scheduler);
    }

    @Bean
    LoggingSyncListener statesyncLoggingListener(Scheduler scheduler) {
        return new LoggingSyncListener(scheduler);
    }

    /** Not the life cycle itself: while that blocks, liveness is refused. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ApplicationRunner statesyncFirstSnapshots(SyncLifecycle lifecycle) {
        return arguments -> lifecycle.awaitRequired();
    }
}
