package io.statesync.autoconfigure;

import io.statesync.persistence.InMemorySnapshotStorage;
import io.statesync.policy.Scheduler;
import io.statesync.spring.LoggingPersistenceListener;
import io.statesync.spring.PersistedFormat;
import io.statesync.spring.PersistedStorage;
import io.statesync.spring.PersistedTopics;
import io.statesync.spring.SnapshotStorageDriver;
import io.statesync.spring.json.JsonPersistedFormat;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/** What keeps the snapshots of topics beyond the application's life; nothing of it is opened before a topic names it. */
@Configuration(proxyBeanMethods = false)
class PersistenceConfiguration {

    @Bean
    PersistedTopics statesyncPersistedTopics(
            ListableBeanFactory beans, ReadSettings settings, Scheduler scheduler, Environment environment) {
        return new PersistedTopics(
                beans,
                PersistenceReader.terms(settings.properties().persistence()),
                scheduler,
                Threads.of(environment));
    }

    @Bean
    SnapshotStorageDriver statesyncFileStorageDriver(
            ReadSettings settings, Scheduler scheduler, Environment environment) {
        return new FileStorageDriver(settings.properties().persistence().file(), scheduler, Threads.of(environment));
    }

    /* Another context, or the same one started anew, finds nothing in it. */
    @Bean
    SnapshotStorageDriver statesyncMemoryStorageDriver() {
        return new NamedStorageDriver("memory", property -> PersistedStorage.of(new InMemorySnapshotStorage()));
    }

    @Bean
    LoggingPersistenceListener statesyncLoggingPersistenceListener(Scheduler scheduler) {
        return new LoggingPersistenceListener(scheduler);
    }

    /** The data as JSON. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JsonMapper.class)
    static class Json {

        @Bean
        @ConditionalOnMissingBean
        PersistedFormat statesyncPersistedFormat(ObjectProvider<JsonMapper> mapper) {
            return new JsonPersistedFormat(mapper.getIfAvailable(JsonMapper::shared));
        }
    }
}
