package io.statesync.sample;

import io.statesync.spring.SyncedTopic;
import io.statesync.state.SyncedState;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** All that a replica needs beside its settings: a container for each topic, which StateSync fills. */
@Configuration(proxyBeanMethods = false)
@Profile("replica")
class ReplicaConfiguration {

    @Bean
    @SyncedTopic(Topics.FEATURE_FLAGS)
    SyncedState<Map<String, Flag>> featureFlags() {
        return SyncedState.create();
    }

    @Bean
    @SyncedTopic(Topics.CURRENCIES)
    SyncedState<Map<String, CurrencyEntry>> currencies() {
        return SyncedState.create();
    }
}
