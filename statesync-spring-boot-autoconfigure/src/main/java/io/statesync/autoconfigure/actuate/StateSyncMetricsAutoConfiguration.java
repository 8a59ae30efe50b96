package io.statesync.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.spring.Replicas;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Meters per topic, where the application has a registry. */
@AutoConfiguration(
        after = StateSyncAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, Replicas.class})
public final class StateSyncMetricsAutoConfiguration {

    @Bean
    SyncMeters statesyncMeters(MeterRegistry registry) {
        return new SyncMeters(registry);
    }

    @Bean
    ReplicaMeters statesyncReplicaMeters(Replicas replicas, SyncMeters counters, MeterRegistry registry) {
        return new ReplicaMeters(replicas, counters, registry);
    }
}
