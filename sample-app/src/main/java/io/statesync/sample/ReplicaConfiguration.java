package io.statesync.sample;

import io.statesync.spring.SyncedTopic;
import io.statesync.state.SyncedState;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * All that a replica needs beside its settings: a container for each topic, which StateSync fills. Instances that share their
 * truth are replicas of it, too.
 */
@Configuration(proxyBeanMethods = false)
@Profile("replica | shared")
class ReplicaConfiguration {

    @Bean
    @SyncedTopic(Topics.FEATURE_FLAGS)
    SyncedState<Map<String, Flag>> copyOfFeatureFlags() {
        return SyncedState.create();
    }

    @Bean
    @SyncedTopic(Topics.CURRENCIES)
    SyncedState<Map<String, CurrencyEntry>> copyOfCurrencies() {
        return SyncedState.create();
    }
}
