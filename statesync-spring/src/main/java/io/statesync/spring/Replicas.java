package io.statesync.spring;

import io.statesync.RevisionSync;
import io.statesync.RevisionSyncBuilder;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotProvider;
import io.statesync.policy.RetryPolicy;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Builds the engines of the topics of which this application keeps a copy, and binds them to their appliers once all beans
 * are there. Safe for use by any thread once the context is complete.
 */
public final class Replicas implements SmartInitializingSingleton {

    private final TopicPlan plan;
    private final SyncSources sources;
    private final PersistedTopics persistence;
    private final Scheduler scheduler;
    private final ListableBeanFactory beans;
    private final Map<String, LateApplier> appliers = new ConcurrentHashMap<>();
    private final TopicMemories memories;
    private final OpenTopics open;

    public Replicas(
            TopicRegistrar registrar,
            SyncSources sources,
            PersistedTopics persistence,
            Scheduler scheduler,
            ListableBeanFactory beans) {
        this.plan = registrar.plan();
        this.sources = sources;
        this.persistence = persistence;
        this.scheduler = scheduler;
        this.beans = beans;
        this.memories = new TopicMemories(beans);
        this.open = new OpenTopics(memories);
    }

    /** Builds a topic's engine: the factory method of the bean definitions that {@link TopicRegistrar} makes. */
    @Reflective
    public RevisionSync<?> create(String topic) {
        RevisionSync<?> sync = build(declaration(topic), late(topic));
        memories.hold(topic);
        return sync;
    }

    /**
     * Opens a topic that is not declared.
     *
     * @throws IllegalStateException if the application context is closed
     */
    RevisionSync<Object> open(ReplicaDeclaration replica, SnapshotApplier<Object> applier) {
        String topic = replica.topic();
        open.requireOpen(topic);
        SourceLog source = sources.open(replica.source()).log();
        OpenedSync<Object> opened = new OpenedSync<>(build(replica, applier), source, replica.settings(), open);
        memories.hold(topic);
        try {
            open.add(opened);
        } catch (IllegalStateException closed) {
            opened.close();
            memories.release(topic);
            throw closed;
        }
        return opened;
    }

    private RevisionSync<Object> build(ReplicaDeclaration replica, SnapshotApplier<Object> applier) {
        String topic = replica.topic();
        SyncSources.Open source = sources.open(replica.source());
        @SuppressWarnings("unchecked") // the provider reads into the declared type, the appliers take it
        SnapshotProvider<Object> provider = (SnapshotProvider<Object>)
                source.snapshots().provider(topic, replica.type().getType());
        TopicBeans topicBeans = new TopicBeans(beans);
        TopicSettings settings = replica.settings();
        PersistedTopic persisted = persistence.open(replica);
        SnapshotProvider<Object> reading =
                persisted == null ? provider : persisted.shared(provider, source.snapshots());
        RetryPolicy retry = settings.retry();
        RevisionSyncBuilder<Object> builder = RevisionSync.forTopic(topic)
                .subscriber(source.subscriber())
                .provider(retry == null ? reading : reading.withRetry(retry, topicBeans.errorsOf(topic)))
                .applier(persisted == null ? applier : persisted.around(applier))
                .executor(source.executor())
                .scheduler(scheduler)
                .fetchTimeout(settings.fetchTimeout())
                .stopTimeout(settings.stopTimeout())
                .catchUp(settings.catchUp())
                .throttling(settings.throttling())
                .onRegression(settings.onRegression());
        Duration limit = settings.maxStaleness();
        if (limit != null) {
            builder.maxStaleness(limit);
        }
        if (limit != null || source.remote()) {
            builder.probe(source.probe());
        }
        topicBeans.apply(topic, builder);
        return persisted == null ? builder.build() : new PersistedSync(builder.build(), persisted);
    }

    @Override
    public void afterSingletonsInstantiated() {
        // a copy of it may be opened and closed at run time: the source stays
        plan.sources().keySet().forEach(memories::hold);
        plan.replicas().values().forEach(replica -> late(replica.topic()).bind(chain(replica)));
    }

    /** Their topics, which are known before the engines are there. */
    public Set<String> topics() {
        return Set.copyOf(plan.replicas().keySet());
    }

    /** All of them, sorted by topic. */
    public List<Replica> all() {
        return plan.replicas().keySet().stream().sorted().map(this::replica).toList();
    }

    /** Those that were opened at run time and not closed yet, sorted by topic; a topic may be there several times. */
    public List<Replica> opened() {
        return open.replicas();
    }

    OpenTopics openTopics() {
        return open;
    }

    private Replica replica(String topic) {
        ReplicaDeclaration declared = declaration(topic);
        RevisionSync<?> sync = beans.getBean(TopicRegistrar.beanName(topic), RevisionSync.class);
        return new Replica(topic, sources.open(declared.source()).log(), declared.settings(), sync);
    }

    private ReplicaDeclaration declaration(String topic) {
        ReplicaDeclaration replica = plan.replicas().get(topic);
        if (replica == null) {
            throw new IllegalArgumentException("topic \"" + topic + "\" has no replica here."
                    + TopicPlan.known(plan.replicas().keySet()));
        }
        return replica;
    }

    private LateApplier late(String topic) {
        return appliers.computeIfAbsent(topic, LateApplier::new);
    }

    private @Nullable SnapshotApplier<Object> chain(ReplicaDeclaration replica) {
        SnapshotApplier<Object> chain = null;
        for (ApplierDeclaration declared : replica.appliers()) {
            SnapshotApplier<Object> next = applier(declared);
            chain = chain == null ? next : chain.andThen(next);
        }
        return chain;
    }

    @SuppressWarnings("unchecked") // the declared types were compared when the topic was planned
    private SnapshotApplier<Object> applier(ApplierDeclaration declared) {
        Object bean = beans.getBean(declared.bean());
        if (declared.kind() != null) {
            return declared.kind().applier(declared.topic(), declared.bean(), beans);
        }
        return declared.method() == null
                ? (SnapshotApplier<Object>) bean
                : new MethodApplier(BoundMethod.bind(bean, declared.method(), SyncedTopic.class));
    }
}
