package io.statesync.autoconfigure.actuate;

import io.statesync.policy.Scheduler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the endpoint and the meters share, if one of them is there. */
@Configuration(proxyBeanMethods = false)
class CountingConfiguration {

    @Bean
    SyncCounts statesyncCounts(Scheduler scheduler) {
        return new SyncCounts(scheduler);
    }
}
