package io.statesync.spring;

import io.statesync.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.ResolvableType;

/**
 * Annotations and properties put together and found to fit.
 *
 * @param sources the topics whose source of truth is here
 * @param replicas the topics of which a copy is kept here
 * @param exposed the topics that others may read here
 * @param transactional the topics that a method with {@code @Transactional} changes here
 * @param planner plans further replicas
 */
record TopicPlan(
        Map<String, SourceDeclaration> sources,
        Map<String, ReplicaDeclaration> replicas,
        Set<String> exposed,
        Set<String> transactional,
        ReplicaPlanner planner) {

    static TopicPlan of(Declarations found, SyncSettings written) {
        SyncSettings settings = written.spelt(found.topics());
        settings.topics().keySet().forEach(topic -> Signatures.requireTopic(topic, "statesync.topics"));
        Map<String, SourceDeclaration> sources = sources(found.sources);
        Set<String> exposed = exposed(settings, sources);
        Map<String, List<ApplierDeclaration>> appliers = new LinkedHashMap<>();
        found.appliers.forEach(it ->
                appliers.computeIfAbsent(it.topic(), topic -> new ArrayList<>()).add(it));
        settings.topics().keySet().stream()
                .filter(topic -> !sources.containsKey(topic))
                .sorted()
                .forEach(topic -> appliers.computeIfAbsent(topic, it -> new ArrayList<>()));
        requireKnown(found.invalidated, sources.keySet(), settings);

        ReplicaPlanner planner = new ReplicaPlanner(settings, sources);
        Map<String, ReplicaDeclaration> replicas = new LinkedHashMap<>();
        appliers.forEach((topic, all) -> replicas.put(topic, planner.plan(topic, all)));
        requireCopies(found.tended, replicas.keySet());
        settings.topics().forEach((topic, it) -> {
            PersistenceSettings persistence = it.persistence();
            if (persistence != null && persistence.ownStorage() && !replicas.containsKey(topic)) {
                throw SourceIsHere.persisted(topic, persistence);
            }
        });
        return new TopicPlan(sources, replicas, exposed, found.invalidatedInTransactions, planner);
    }

    /**
     * Plans a replica of a topic that neither annotations nor properties name.
     *
     * @throws IllegalArgumentException if they do, or the name breaks the rules
     */
    ReplicaDeclaration undeclared(String topic, ResolvableType type) {
        Topic.requireValid(topic);
        if (replicas.containsKey(topic)) {
            throw new IllegalArgumentException("topic \"" + topic
                    + "\" is declared here: inject its RevisionSync with @SyncedTopic(\"" + topic + "\")");
        }
        ApplierDeclaration applier =
                new ApplierDeclaration(topic, "RevisionSyncFactory", null, DataTypes.resolved(type));
        return planner.plan(topic, List.of(applier));
    }

    private static Map<String, SourceDeclaration> sources(List<SourceDeclaration> found) {
        Map<String, SourceDeclaration> sources = new LinkedHashMap<>();
        for (SourceDeclaration source : found) {
            SourceDeclaration other = sources.put(source.topic(), source);
            if (other != null) {
                throw new SetupException(
                        "Topic \"" + source.topic() + "\" has two sources of truth: " + other.description() + " and "
                                + source.description() + ".",
                        "Keep one @TopicSource(\"" + source.topic() + "\").");
            }
        }
        return sources;
    }

    private static Set<String> exposed(SyncSettings settings, Map<String, SourceDeclaration> sources) {
        Set<String> exposed = new TreeSet<>();
        settings.topics().forEach((topic, it) -> {
            if (it.expose() && !sources.containsKey(topic)) {
                throw new SetupException(
                        "statesync.topics." + topic
                                + ".expose is true, but no method here returns the state of topic \"" + topic + "\"."
                                + known(sources.keySet()),
                        "Put @TopicSource(\"" + topic + "\") on a method that returns it, or remove \"expose\".");
            }
            if (it.expose()) {
                exposed.add(topic);
            }
        });
        return exposed;
    }

    private static void requireKnown(Map<String, String> invalidated, Set<String> sources, SyncSettings settings) {
        invalidated.forEach((topic, place) -> {
            if (!sources.contains(topic) && !settings.topics().containsKey(topic)) {
                throw new SetupException(
                        place + " names the unknown topic \"" + topic + "\"." + known(sources),
                        "Correct the name, or put @TopicSource(\"" + topic + "\") on a method that returns its state.");
            }
        });
    }

    private static void requireCopies(Map<String, String> tended, Set<String> replicas) {
        tended.forEach((topic, place) -> {
            if (!replicas.contains(topic)) {
                throw new SetupException(
                        place + " names the unknown topic \"" + topic + "\": no copy of it is kept here."
                                + known(replicas),
                        "Correct the name, or declare an applier or a container with @SyncedTopic(\"" + topic
                                + "\"). Without @SyncedTopic the bean is for all topics.");
            }
        });
    }

    static String known(Collection<String> names) {
        return names.isEmpty() ? " None is known." : " Known here: " + String.join(", ", new TreeSet<>(names)) + ".";
    }
}
