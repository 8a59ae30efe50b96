package io.statesync.spring;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.SnapshotProvider;
import io.statesync.source.RevisionCounter;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The topics whose source of truth is in this application: the methods annotated with {@link TopicSource}, each under the
 * right revision. Safe for use by any thread once the context is complete.
 */
public final class TopicSources implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(TopicSources.class);

    private final TopicPlan plan;
    private final RevisionCounter counter;
    private final SourceRevisions revisions;
    private final BeanFactory beans;

    /** Written once, when all singletons are there. */
    private volatile Map<String, SourceMethod> methods = Map.of();

    public TopicSources(TopicRegistrar registrar, RevisionCounter counter, BeanFactory beans) {
        this.plan = registrar.plan();
        this.counter = counter;
        this.revisions = new SourceRevisions(counter, topic -> methods.get(topic));
        this.beans = beans;
    }

    /**
     * Finds the methods, and gives each topic that the counter does not know a first revision (P7).
     *
     * @throws SetupException if the counter does not answer
     */
    @Override
    public void afterSingletonsInstantiated() {
        Map<String, SourceMethod> bound = new LinkedHashMap<>();
        plan.sources()
                .forEach((topic, it) -> bound.put(topic, new SourceMethod(it, beans.getBean(it.bean()), counter)));
        methods = bound;
        List<String> counted = countedTopics();
        try {
            Map<String, Revision> known = currentOf(counted);
            counted.stream().filter(topic -> !known.containsKey(topic)).forEach(counter::next);
        } catch (RuntimeException e) {
            throw new SetupException(
                    "The topics " + counted + " have no revisions, since the counter does not answer: " + Reasons.of(e),
                    "Start what statesync.counter names; in a database its tables have to be there: set"
                            + " statesync.jdbc.initialize-schema=always, or run the script in a migration.",
                    e);
        }
        warn(counted);
    }

    /* What is changed by other means, such as a TransactionTemplate, cannot be seen here. */
    private void warn(List<String> counted) {
        List<String> concerned =
                counted.stream().filter(plan.transactional()::contains).sorted().toList();
        if (!concerned.isEmpty() && !(counter instanceof TransactionalRevisionCounter)) {
            log.warn(
                    "Topics {} are changed in transactions, but their revisions are counted outside: if this process"
                            + " dies between a commit and its announcement, replicas see that change no sooner than this"
                            + " application starts again, or changes the topic again. Set statesync.counter=jdbc to count in the"
                            + " transaction",
                    concerned);
        }
    }

    /** Issues and tells the revisions of these topics. */
    public TransactionalRevisionCounter revisions() {
        return revisions;
    }

    /** What other processes may see. */
    public ExposedTopics exposed() {
        return topic -> plan.exposed().contains(topic)
                ? new ExposedTopic(topic, revisions, new LocalProvider(this, topic))
                : null;
    }

    /** The names of what other processes may see. */
    public Collection<String> exposedNames() {
        return plan.exposed();
    }

    /** The names of all topics whose source is here. */
    public Set<String> names() {
        return Set.copyOf(plan.sources().keySet());
    }

    /**
     * The current revision of each topic whose revisions are counted here: one question to the counter.
     *
     * @throws IllegalStateException if the counter does not answer
     */
    public Map<String, Revision> counted() {
        return currentOf(countedTopics());
    }

    /** Whether the topic's revisions are counted here; otherwise its method knows them. */
    boolean isCounted(String topic) {
        SourceMethod method = methods.get(topic);
        return method != null && !method.labelled();
    }

    /** What reads the revision of each topic whose method knows its own: a call of the application's code, which may be slow. */
    Map<String, Callable<Revision>> labelled() {
        Map<String, Callable<Revision>> labelled = new LinkedHashMap<>();
        methods.forEach((topic, method) -> {
            if (method.labelled()) {
                labelled.put(topic, () -> method.getSnapshot().revision());
            }
        });
        return labelled;
    }

    /** The source that the replicas of this application's own topics read. */
    SnapshotSource local() {
        return new Local(this);
    }

    private List<String> countedTopics() {
        return methods.entrySet().stream()
                .filter(it -> !it.getValue().labelled())
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<String, Revision> currentOf(List<String> topics) {
        try {
            return counter.current(topics);
        } catch (Exception e) {
            throw new IllegalStateException("the revisions of topics " + topics + " could not be read", e);
        }
    }

    private SourceMethod method(String topic) {
        SourceMethod method = methods.get(topic);
        if (method == null) {
            throw new IllegalStateException("topic \"" + topic
                    + "\" was read before the application context was complete, or has no source here");
        }
        return method;
    }

    private record Local(TopicSources sources) implements SnapshotSource {

        @Override
        public SnapshotProvider<?> provider(String topic, Type type) {
            return new LocalProvider(sources, topic);
        }

        @Override
        public Map<String, Revision> current(Collection<String> topics) throws Exception {
            return sources.revisions.current(topics);
        }
    }

    /** Finds its method when it is read: an engine may be built before the bean that holds the method. */
    private record LocalProvider(TopicSources sources, String topic) implements ConditionalSnapshotProvider<Object> {

        @Override
        public SnapshotEnvelope<Object> getSnapshot() throws Exception {
            return sources.method(topic).getSnapshot();
        }

        @Override
        public Optional<SnapshotEnvelope<Object>> getSnapshotUnless(Revision known) throws Exception {
            return sources.method(topic).getSnapshotUnless(known);
        }
    }
}
