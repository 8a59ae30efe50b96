package io.statesync.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.statesync.autoconfigure.StateSyncMutationAutoConfiguration;
import io.statesync.mutation.MutationTimings;
import io.statesync.mutation.SyncedCollections;
import io.statesync.spring.mutation.MutationRegistrar;
import io.statesync.spring.mutation.SyncedCollectionFactory;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Meters of the transactions, where the application has a registry. */
@AutoConfiguration(
        after = StateSyncMutationAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({MeterRegistry.class, SyncedCollections.class})
@ConditionalOnBean({MeterRegistry.class, SyncedCollections.class})
public final class StateSyncTransactionMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(MutationTimings.class)
    TransactionTimers statesyncTransactionTimers(MeterRegistry registry) {
        return new TransactionTimers(registry);
    }

    @Bean
    TransactionMeters statesyncTransactionMeters(
            MeterRegistry registry,
            MutationRegistrar registrar,
            SyncedCollections collections,
            SyncedCollectionFactory factory) {
        TransactionMeters meters = new TransactionMeters(registry, registrar.topics());
        meters.watch(collections, registrar.topics(), InstantSource.system());
        meters.watch(factory, registrar.topics());
        return meters;
    }
}
