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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Builds the engines of the topics of which this application keeps a copy, and binds them to their appliers once all beans
 * are there. Safe for use by any thread once the context is complete.
 */
public final class Replicas implements SmartInitializingSingleton, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Replicas.class);

    private final TopicRegistrar registrar;
    private final TopicPlan plan;
    private final SyncSources sources;
    private final PersistedTopics persistence;
    private final Scheduler scheduler;
    private final ListableBeanFactory beans;
    private final Map<String, LateApplier> appliers = new ConcurrentHashMap<>();
    private final Map<String, RevisionSync<?>> engines = new ConcurrentHashMap<>();

    /** For the declared topics, all of which are built at the start. Whoever opens one later finds the beans of that time. */
    private final TopicBeans topicBeans;

    private final TopicMemories memories;
    private final OpenTopics open;

    public Replicas(
            TopicRegistrar registrar,
            SyncSources sources,
            PersistedTopics persistence,
            Scheduler scheduler,
            ListableBeanFactory beans) {
        this.registrar = registrar;
        this.plan = registrar.plan();
        this.sources = sources;
        this.persistence = persistence;
        this.scheduler = scheduler;
        this.beans = beans;
        this.topicBeans = new TopicBeans(beans).remembering();
        this.memories = new TopicMemories(beans);
        this.open = new OpenTopics(memories);
    }

    /** A topic's engine, built if need be: the factory method of the bean definitions that {@link TopicRegistrar} makes. */
    @Reflective
    public RevisionSync<?> create(String topic) {
        RevisionSync<?> known = engines.get(topic);
        if (known != null) {
            return known;
        }
        RevisionSync<?> built = build(declaration(topic), late(topic), topicBeans);
        RevisionSync<?> other = engines.putIfAbsent(topic, built);
        if (other != null) {
            built.close();
            return other;
        }
        memories.hold(topic);
        return built;
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
        OpenedSync<Object> opened =
                new OpenedSync<>(build(replica, applier, new TopicBeans(beans)), source, replica.settings(), open);
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

    private RevisionSync<Object> build(
            ReplicaDeclaration replica, SnapshotApplier<Object> applier, TopicBeans tending) {
        String topic = replica.topic();
        SyncSources.Open source = sources.open(replica.source());
        @SuppressWarnings("unchecked") // the provider reads into the declared type, the appliers take it
        SnapshotProvider<Object> provider = (SnapshotProvider<Object>)
                source.snapshots().provider(topic, replica.type().getType());
        TopicSettings settings = replica.settings();
        PersistedTopic persisted = persistence.open(replica);
        SnapshotProvider<Object> reading =
                persisted == null ? provider : persisted.shared(provider, source.snapshots());
        RetryPolicy retry = settings.retry();
        RevisionSyncBuilder<Object> builder = RevisionSync.forTopic(topic)
                .subscriber(source.subscriber())
                .provider(retry == null ? reading : reading.withRetry(retry, tending.errorsOf(topic)))
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
        tending.apply(topic, builder);
        return persisted == null ? builder.build() : new PersistedSync(builder.build(), persisted);
    }

    @Override
    public void afterSingletonsInstantiated() {
        // a copy of it may be opened and closed at run time: the source stays
        plan.sources().keySet().forEach(memories::hold);
        for (ReplicaDeclaration replica : plan.replicas().values()) {
            sync(replica.topic());
            late(replica.topic()).bind(chain(replica));
        }
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
        return new Replica(topic, sources.open(declared.source()).log(), declared.settings(), sync(topic));
    }

    private RevisionSync<?> sync(String topic) {
        return registrar.isDefinedElsewhere(topic)
                ? beans.getBean(TopicRegistrar.beanName(topic), RevisionSync.class)
                : create(topic);
    }

    /** Closes the engines of the declared topics. */
    @Override
    public void close() {
        engines.forEach((topic, sync) -> {
            try {
                sync.close();
            } catch (RuntimeException e) {
                log.warn("Topic {} could not be closed", topic, e);
            }
        });
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
