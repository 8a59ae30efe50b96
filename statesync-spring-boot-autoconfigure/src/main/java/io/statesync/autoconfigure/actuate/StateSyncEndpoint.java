package io.statesync.autoconfigure.actuate;

import io.statesync.Topic;
import io.statesync.spring.Replica;
import io.statesync.spring.SyncLifecycle;
import io.statesync.spring.TopicSources;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The topics of this application for an operator: what they are worth, what happened to them, and a push. A topic is
 * addressed by its name, or by {@link Topic#encode} of it where a path cannot hold the name.
 */
@Endpoint(id = "statesync")
final class StateSyncEndpoint {

    private final Map<String, Replica> replicas;
    private final Set<String> names;
    private final TopicSources sources;
    private final SyncLifecycle lifecycle;
    private final TopicActions actions;
    private final SyncCounts counts;
    private final RecentHistory history;

    StateSyncEndpoint(
            Map<String, Replica> replicas,
            TopicSources sources,
            SyncLifecycle lifecycle,
            TopicActions actions,
            SyncCounts counts,
            RecentHistory history) {
        this.replicas = replicas;
        this.names = new TreeSet<>(replicas.keySet());
        this.names.addAll(sources.names());
        this.sources = sources;
        this.lifecycle = lifecycle;
        this.actions = actions;
        this.counts = counts;
        this.history = history;
    }

    @ReadOperation
    TopicList topics() {
        return new TopicList(views(names));
    }

    @ReadOperation
    @Nullable
    TopicDetail topic(@Selector String topic) {
        String name = find(topic);
        if (name == null) {
            return null;
        }
        TopicView view = views(Set.of(name)).get(0);
        TopicHistory latest = history.of(name);
        return latest == null
                ? new TopicDetail(view, List.of(), List.of())
                : new TopicDetail(view, latest.events(), latest.errors());
    }

    /** Asks for something that ends later: a fetch, a stop or a start here, or an invalidation by the source here. */
    @WriteOperation
    Asked act(@Selector String topic, @Nullable String action) {
        String name = find(topic);
        if (name == null) {
            throw ActionRefusedException.unknown(topic);
        }
        if (action == null) {
            throw ActionRefusedException.because(
                    "what is to be done is missing: write {\"action\":\"...\"} with " + TopicActions.ALL);
        }
        Asked asked = Asked.of(name, action, actions.begin(name, action));
        history.operated(name, asked.action());
        return asked;
    }

    private List<TopicView> views(Set<String> topics) {
        Set<String> onlySources =
                topics.stream().filter(topic -> !replicas.containsKey(topic)).collect(Collectors.toSet());
        SourceState state = SourceState.of(onlySources, sources);
        Set<String> sourcesHere = sources.names();
        return topics.stream()
                .map(topic -> {
                    Replica replica = replicas.get(topic);
                    return replica == null
                            ? TopicView.ofSource(topic, state)
                            : TopicView.of(replica, sourcesHere.contains(topic), lifecycle, counts.of(topic));
                })
                .toList();
    }

    private @Nullable String find(String topic) {
        if (names.contains(topic)) {
            return topic;
        }
        return names.stream()
                .filter(name -> Topic.encode(name).equals(topic))
                .findFirst()
                .orElse(null);
    }
}
