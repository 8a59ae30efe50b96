package io.statesync.autoconfigure.actuate;

import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.source.StatePublisher;
import io.statesync.spring.Replicas;
import io.statesync.spring.TopicSources;
import java.time.InstantSource;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Endpoint {@code statesync}, and what it remembers; neither is there unless the endpoint is exposed. */
@AutoConfiguration(after = StateSyncAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(Replicas.class)
@ConditionalOnAvailableEndpoint(StateSyncEndpoint.class)
public final class StateSyncEndpointAutoConfiguration {

    @Bean
    RecentHistory statesyncRecentHistory(Replicas replicas) {
        return new RecentHistory(replicas.topics(), InstantSource.system());
    }

    @Bean
    StateSyncEndpoint statesyncEndpoint(
            Replicas replicas, TopicSources sources, StatePublisher publisher, RecentHistory history) {
        return new StateSyncEndpoint(replicas.all(), sources, publisher, history);
    }
}
