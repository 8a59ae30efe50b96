package io.statesync.autoconfigure.actuate;

import io.statesync.Revision;
import io.statesync.source.StatePublisher;
import io.statesync.spring.PersistedTopic;
import io.statesync.spring.Replica;
import io.statesync.spring.SyncLifecycle;
import io.statesync.spring.TopicSources;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What an operator may do to a topic. Safe for use by any thread. */
final class TopicActions {

    static final String ALL = "refresh, reset, pause, resume, invalidate, flush or clear";

    private final Map<String, Replica> replicas;
    private final TopicSources sources;
    private final StatePublisher publisher;
    private final SyncLifecycle lifecycle;

    TopicActions(
            Map<String, Replica> replicas, TopicSources sources, StatePublisher publisher, SyncLifecycle lifecycle) {
        this.replicas = replicas;
        this.sources = sources;
        this.publisher = publisher;
        this.lifecycle = lifecycle;
    }

    /** Begins it; the revision is that of an invalidation. */
    CompletableFuture<@Nullable Revision> begin(String topic, String action) {
        return switch (action) {
            case "refresh" -> begun(active(topic, action).sync().refresh());
            case "reset" -> begun(active(topic, action).sync().reset());
            case "pause" -> lifecycle.pause(replica(topic, action).topic()).thenApply(done -> null);
            case "resume" -> resume(replica(topic, action).topic());
            case "invalidate" -> invalidate(topic);
            case "flush" -> begun(persisted(topic, action).flush());
            case "clear" -> begun(persisted(topic, action).clear());
            default -> throw ActionRefusedException.because("unknown action \"" + action + "\": write " + ALL);
        };
    }

    /* How it ends is among the topic's events and errors, by its phase: what an applier says quotes the data. */
    private static CompletableFuture<@Nullable Revision> begun(CompletableFuture<?> work) {
        return work.handle((result, error) -> null);
    }

    private CompletableFuture<@Nullable Revision> resume(String topic) {
        lifecycle.resume(topic);
        return CompletableFuture.completedFuture(null);
    }

    private Replica active(String topic, String action) {
        Replica replica = replica(topic, action);
        if (lifecycle.pausedSince(topic) != null) {
            throw ActionRefusedException.because(
                    "topic \"" + topic + "\" is paused, so there is nothing to " + action + ": write resume");
        }
        return replica;
    }

    private Replica replica(String topic, String action) {
        Replica replica = replicas.get(topic);
        if (replica == null) {
            throw ActionRefusedException.because("topic \"" + topic
                    + "\" has only its source here, so there is no copy to " + action + ": write invalidate");
        }
        return replica;
    }

    private PersistedTopic persisted(String topic, String action) {
        PersistedTopic persisted = replica(topic, action).persisted();
        if (persisted == null) {
            throw ActionRefusedException.because("topic \"" + topic
                    + "\" is not persisted here, so there is nothing to " + action + ": set its persistence.storage");
        }
        return persisted;
    }

    @SuppressWarnings("NullAway") // an invalidation that succeeds has a revision
    private CompletableFuture<@Nullable Revision> invalidate(String topic) {
        if (!sources.names().contains(topic)) {
            throw ActionRefusedException.because(
                    "topic \"" + topic + "\" has its source elsewhere: invalidate it there, or write refresh");
        }
        return publisher.invalidate(topic).thenApply(revision -> revision);
    }
}
