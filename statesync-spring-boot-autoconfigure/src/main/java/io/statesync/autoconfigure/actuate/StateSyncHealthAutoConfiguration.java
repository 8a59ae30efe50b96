package io.statesync.autoconfigure.actuate;

import io.statesync.Topic;
import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.spring.Replica;
import io.statesync.spring.Replicas;
import io.statesync.spring.SyncLifecycle;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/** Health {@code statesync}, with one component per replica. Fit for the readiness group; not for liveness. */
@AutoConfiguration(after = StateSyncAutoConfiguration.class)
@ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(Replicas.class)
@ConditionalOnEnabledHealthIndicator("statesync")
public final class StateSyncHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "statesyncHealthContributor")
    HealthContributor statesyncHealthContributor(Replicas replicas, SyncLifecycle lifecycle) {
        Map<String, ReplicaHealth> topics = new LinkedHashMap<>();
        for (Replica replica : replicas.all()) {
            topics.put(
                    componentName(replica.topic()),
                    new ReplicaHealth(replica, lifecycle, replica.settings().maxStaleness()));
        }
        return CompositeHealthContributor.fromMap(topics);
    }

    /* Actuator finds components by the segments of a path. */
    private static String componentName(String topic) {
        return topic.contains("/") ? Topic.encode(topic) : topic;
    }
}
