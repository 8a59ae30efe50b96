package io.statesync.autoconfigure.environment;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;

/** Rebinding of {@code @ConfigurationProperties}, where an {@code EnvironmentApplier} is a bean. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "statesync.enabled", matchIfMissing = true)
public final class StateSyncEnvironmentAutoConfiguration {

    @Bean
    static PropertiesBeans statesyncPropertiesBeans() {
        return new PropertiesBeans();
    }

    @Bean
    static RebindingPostProcessor statesyncRebindingPostProcessor(PropertiesBeans beans) {
        return new RebindingPostProcessor(beans);
    }
}
