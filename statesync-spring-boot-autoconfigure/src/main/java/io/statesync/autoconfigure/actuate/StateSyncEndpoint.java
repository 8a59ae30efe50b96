package io.statesync.autoconfigure.actuate;

import io.statesync.Revision;
import io.statesync.Topic;
import io.statesync.source.StatePublisher;
import io.statesync.spring.Replica;
import io.statesync.spring.TopicSources;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
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
    private final StatePublisher publisher;
    private final RecentHistory history;

    StateSyncEndpoint(List<Replica> replicas, TopicSources sources, StatePublisher publisher, RecentHistory history) {
        this.replicas = replicas.stream().collect(Collectors.toMap(Replica::topic, Function.identity()));
        this.names = new TreeSet<>(this.replicas.keySet());
        this.names.addAll(sources.names());
        this.sources = sources;
        this.publisher = publisher;
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

    /** Asks for a refresh or a reset here, which ends later, or invalidates the topic, whose source is here. */
    @WriteOperation
    Asked act(@Selector String topic, String action) {
        String name = find(topic);
        if (name == null) {
            throw refused("there is no topic \"" + topic + "\" here");
        }
        CompletableFuture<Revision> asked = switch (action) {
            case "refresh" -> replica(name, action).sync().refresh();
            case "reset" -> replica(name, action).sync().reset();
            case "invalidate" -> invalidate(name);
            default -> throw refused("unknown action \"" + action + "\": write refresh, reset or invalidate");
        };
        return Asked.of(name, action, asked);
    }

    private List<TopicView> views(Set<String> topics) {
        Counted counted = replicas.keySet().containsAll(topics) ? Counted.NOTHING : Counted.by(sources);
        return topics.stream()
                .map(topic -> {
                    Replica replica = replicas.get(topic);
                    return replica == null
                            ? TopicView.ofSource(topic, counted.revisions().get(topic), counted.error())
                            : TopicView.of(replica, sources.names().contains(topic));
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

    private Replica replica(String topic, String action) {
        Replica replica = replicas.get(topic);
        if (replica == null) {
            throw refused("topic \"" + topic + "\" has only its source here, so there is no copy to " + action
                    + ": write invalidate");
        }
        return replica;
    }

    private CompletableFuture<Revision> invalidate(String topic) {
        if (!sources.names().contains(topic)) {
            throw refused("topic \"" + topic + "\" has its source elsewhere: invalidate it there, or write refresh");
        }
        return publisher.invalidate(topic);
    }

    private static InvalidEndpointRequestException refused(String message) {
        return new InvalidEndpointRequestException(message, message);
    }
}
