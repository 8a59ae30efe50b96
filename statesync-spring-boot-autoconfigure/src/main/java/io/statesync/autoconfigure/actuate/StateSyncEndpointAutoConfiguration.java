package io.statesync.autoconfigure.actuate;

import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.source.StatePublisher;
import io.statesync.spring.Announcer;
import io.statesync.spring.Replica;
import io.statesync.spring.Replicas;
import io.statesync.spring.SyncLifecycle;
import io.statesync.spring.TopicSources;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Endpoint {@code statesync}, and what it remembers; neither is there unless the endpoint is exposed. */
@AutoConfiguration(after = StateSyncAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(Replicas.class)
@ConditionalOnAvailableEndpoint(StateSyncEndpoint.class)
@Import(CountingConfiguration.class)
public final class StateSyncEndpointAutoConfiguration {

    @Bean
    RecentHistory statesyncRecentHistory(Replicas replicas, TopicSources sources, Announcer announcer) {
        Set<String> topics = new HashSet<>(replicas.topics());
        topics.addAll(sources.names());
        return new RecentHistory(
                topics, event -> announcer.sourceId().equals(event.sourceId()), InstantSource.system());
    }

    @Bean
    StateSyncEndpoint statesyncEndpoint(
            Replicas replicas,
            TopicSources sources,
            SyncLifecycle lifecycle,
            StatePublisher publisher,
            SyncCounts counts,
            RecentHistory history) {
        Map<String, Replica> byTopic =
                replicas.all().stream().collect(Collectors.toMap(Replica::topic, Function.identity()));
        TopicActions actions = new TopicActions(byTopic, sources, publisher, lifecycle);
        return new StateSyncEndpoint(byTopic, sources, lifecycle, actions, counts, history);
    }

    @Bean
    StateSyncWebExtension statesyncWebExtension(StateSyncEndpoint endpoint) {
        return new StateSyncWebExtension(endpoint);
    }
}
