package io.statesync.autoconfigure;

import io.statesync.mutation.SyncedCollections;
import io.statesync.spring.Replicas;
import io.statesync.spring.mutation.CollectionBeans;
import io.statesync.spring.mutation.MutationRegistrar;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Collections that are changed optimistically; their engine is there if a bean is one. */
@AutoConfiguration(
        after = {StateSyncAutoConfiguration.class, StateSyncJdbcAutoConfiguration.class},
        afterName = {
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
        })
@ConditionalOnClass(SyncedCollections.class)
@ConditionalOnBean(Replicas.class)
@Import(CollectionsConfiguration.class)
public final class StateSyncMutationAutoConfiguration {

    @Bean
    static CollectionBeans statesyncCollectionBeans() {
        return new CollectionBeans();
    }

    @Bean
    static MutationRegistrar statesyncMutationRegistrar() {
        return new MutationRegistrar();
    }
}
