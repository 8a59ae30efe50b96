package io.statesync.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.spring.Replicas;
import io.statesync.spring.TopicSources;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Meters per topic, where the application has a registry. */
@AutoConfiguration(
        after = StateSyncAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, Replicas.class})
@Import(CountingConfiguration.class)
public final class StateSyncMetricsAutoConfiguration {

    @Bean
    SyncMeters statesyncMeters(MeterRegistry registry, SyncCounts counts) {
        return new SyncMeters(registry, counts);
    }

    @Bean
    PersistenceMeters statesyncPersistenceMeters(MeterRegistry registry) {
        return new PersistenceMeters(registry);
    }

    @Bean
    InitialMeters statesyncInitialMeters(
            Replicas replicas,
            TopicSources sources,
            SyncMeters counters,
            PersistenceMeters persistence,
            MeterRegistry registry) {
        return new InitialMeters(replicas, sources, counters, persistence, registry);
    }
}
