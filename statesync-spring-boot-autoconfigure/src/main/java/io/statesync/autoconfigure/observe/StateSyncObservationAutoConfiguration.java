package io.statesync.autoconfigure.observe;

import io.micrometer.observation.ObservationRegistry;
import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.spring.ChangeObserver;
import io.statesync.spring.Replicas;
import io.statesync.spring.RevisionSyncCustomizer;
import io.statesync.spring.observe.ObservedChanges;
import io.statesync.spring.observe.ObservedRounds;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** A change and what it leads to in one trace, where the application has a tracer. Meters do not come from here. */
@AutoConfiguration(
        after = StateSyncAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration"
        })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(
        value = {ObservationRegistry.class, Replicas.class},
        type = "io.micrometer.tracing.Tracer")
public final class StateSyncObservationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ChangeObserver statesyncChangeObserver(ObservationRegistry registry) {
        return new ObservedChanges(registry);
    }

    /** First, so that the application's own customizers have the last word. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    RevisionSyncCustomizer statesyncObservedRounds(ObservationRegistry registry) {
        ObservedRounds rounds = new ObservedRounds(registry);
        return (topic, builder) -> builder.observing(rounds);
    }
}
