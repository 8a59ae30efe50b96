package io.statesync.spring;

import io.statesync.RevisionSync;
import io.statesync.SnapshotApplier;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

/**
 * Opens topics whose names are known only at run time, such as {@code cache:user:123}. They are read and kept as the
 * declared ones are: from the source and with the settings of {@code statesync.defaults}, with the beans that are for all
 * topics. Each has counters of its own, and whatever else a {@link TopicMemory} keeps, until it is closed. The start of the
 * application does not wait for them, and health does not look at them. A context that is paused stops those that were
 * started, and starts them again when it goes on. Safe for use by any thread once the context is complete.
 */
public final class RevisionSyncFactory implements AutoCloseable {

    private final TopicPlan plan;
    private final Replicas replicas;

    public RevisionSyncFactory(TopicRegistrar registrar, Replicas replicas) {
        this.plan = registrar.plan();
        this.replicas = replicas;
    }

    /**
     * Opens a topic. The sync is not started: {@link RevisionSync#startAsync} tells whoever opens it how that went, and may
     * be called again if it failed. It belongs to the caller, who closes it when the topic is of no more use, and so frees
     * everything that is kept for it; at the latest it is closed with the application context. A topic may be opened several
     * times, each with a fetch of its own; their counters are shared.
     *
     * @throws IllegalArgumentException if the name breaks the rules, or the topic is declared here: its sync is injected
     * @throws SetupException if it is not clear which source it is read from, or that has another type
     * @throws IllegalStateException if the application context is closed
     */
    public <T> RevisionSync<T> open(String topic, Class<T> type, SnapshotApplier<? super T> applier) {
        return open(topic, ResolvableType.forClass(type), applier);
    }

    /** {@link #open(String, Class, SnapshotApplier)} for a generic type, such as {@code List<Price>}. */
    public <T> RevisionSync<T> open(
            String topic, ParameterizedTypeReference<T> type, SnapshotApplier<? super T> applier) {
        return open(topic, ResolvableType.forType(type), applier);
    }

    @SuppressWarnings("unchecked") // the provider reads into this type
    private <T> RevisionSync<T> open(String topic, ResolvableType type, SnapshotApplier<? super T> applier) {
        ReplicaDeclaration replica = plan.undeclared(topic, type);
        return (RevisionSync<T>) replicas.open(replica, (SnapshotApplier<Object>) applier);
    }

    /** Closes what was opened, and opens no more. */
    @Override
    public void close() {
        replicas.openTopics().close();
    }
}
