package io.statesync.spring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/** Finds out what type a replica's data has and which source it is read from. */
final class ReplicaPlanner {

    private final SyncSettings settings;
    private final Map<String, SourceDeclaration> localSources;

    ReplicaPlanner(SyncSettings settings, Map<String, SourceDeclaration> localSources) {
        this.settings = settings;
        this.localSources = localSources;
    }

    ReplicaDeclaration plan(String topic, List<ApplierDeclaration> appliers) {
        TopicSettings own = settings.topic(topic);
        ResolvableType type = type(topic, appliers, own.type());
        requireTaken(topic, type, appliers);
        SourceSettings source = source(topic, own);
        ReplicaDeclaration replica = new ReplicaDeclaration(topic, type, List.copyOf(appliers), source, own);
        requireSourceOfThatType(replica);
        requireOftenEnough(replica);
        requireToBePersisted(replica);
        return replica;
    }

    private ResolvableType type(String topic, List<ApplierDeclaration> appliers, @Nullable Class<?> property) {
        List<ApplierDeclaration> typed = appliers.stream()
                .filter(it -> it.kind() == null && DataTypes.isKnown(it.type()))
                .toList();
        if (typed.isEmpty()) {
            return property == null ? typeOfKind(topic, appliers) : ResolvableType.forClass(property);
        }
        ResolvableType type = narrowest(topic, typed);
        if (property != null && type.resolve() != property) {
            throw new SetupException(
                    "statesync.topics." + topic + ".type says " + property.getName() + ", but "
                            + typed.get(0).description() + " takes " + type + ".",
                    "Remove the property: the type is known from the applier.");
        }
        return type;
    }

    /* What such a bean takes has several forms: the source here says in which it comes. */
    private ResolvableType typeOfKind(String topic, List<ApplierDeclaration> appliers) {
        SourceDeclaration local = localSources.get(topic);
        return appliers.stream()
                .filter(it -> DataTypes.isKnown(it.type()))
                .findFirst()
                .map(it -> local != null && DataTypes.isKnown(local.type()) ? local.type() : it.type())
                .orElseThrow(() -> noType(topic, appliers));
    }

    private static void requireTaken(String topic, ResolvableType type, List<ApplierDeclaration> appliers) {
        for (ApplierDeclaration applier : appliers) {
            if (applier.kind() != null && !applier.kind().takes(applier.type(), type)) {
                throw new SetupException(
                        "Topic \"" + topic + "\" has two types: its snapshots are " + type + ", and "
                                + applier.description() + " takes " + applier.type() + ", or a map of them by key.",
                        "Let the source return what the bean takes, and all appliers of the topic take the same.");
            }
        }
    }

    /* A snapshot is read once, into the type that every applier can take. */
    private static ResolvableType narrowest(String topic, List<ApplierDeclaration> typed) {
        ApplierDeclaration chosen = typed.get(0);
        for (ApplierDeclaration next : typed) {
            if (chosen.type().isAssignableFrom(next.type())) {
                chosen = next;
            } else if (!next.type().isAssignableFrom(chosen.type())) {
                throw new SetupException(
                        "Topic \"" + topic + "\" has two types: " + chosen.description() + " takes " + chosen.type()
                                + ", and " + next.description() + " takes " + next.type() + ".",
                        "Let all appliers and containers of the topic take the same type.");
            }
        }
        return chosen.type();
    }

    private SetupException noType(String topic, List<ApplierDeclaration> appliers) {
        if (appliers.isEmpty()) {
            return new SetupException(
                    "statesync.topics." + topic + " is configured, but nothing here has to do with topic \"" + topic
                            + "\": no @SyncedTopic takes its data and no @TopicSource returns it."
                            + (settings.looselyNamed().contains(topic)
                                    ? " The name comes from an environment variable, which carries neither dashes nor capitals."
                                    : ""),
                    "Correct the name, declare an applier or a container with @SyncedTopic(\"" + topic
                            + "\"), or set statesync.topics." + topic + ".type.");
        }
        return new SetupException(
                "The type of topic \"" + topic + "\" is not known: "
                        + appliers.get(0).description() + " does not say what it takes.",
                "Declare it with its type, such as SyncedState<PriceList>, or set statesync.topics." + topic
                        + ".type.");
    }

    private SourceSettings source(String topic, TopicSettings own) {
        // a topic that is not configured has the settings of the defaults, whose source is asked for last
        if (own.source() != null && settings.topics().containsKey(topic)) {
            return named(own.source(), "statesync.topics." + topic + ".source");
        }
        if (localSources.containsKey(topic)) {
            return SourceSettings.local();
        }
        String byDefault = settings.defaults().source();
        if (byDefault != null) {
            return named(byDefault, "statesync.defaults.source");
        }
        if (settings.sources().size() == 1) {
            return settings.sources().values().iterator().next();
        }
        List<String> names = new ArrayList<>(settings.sources().keySet());
        throw new SetupException(
                "Topic \"" + topic + "\" has no source: no @TopicSource(\"" + topic + "\") is here, and "
                        + (names.isEmpty()
                                ? "no statesync.sources are configured."
                                : "which of the configured ones it is read from is not said." + TopicPlan.known(names)),
                names.isEmpty()
                        ? "Set statesync.sources.<name>.urls to the base URL of the source, or put @TopicSource(\""
                                + topic + "\") on a method that returns the state."
                        : "Set statesync.topics." + topic + ".source or statesync.defaults.source.");
    }

    private SourceSettings named(String name, String property) {
        SourceSettings source = settings.sources().get(name);
        if (source == null) {
            throw new SetupException(
                    property + " names the unknown source \"" + name + "\"."
                            + TopicPlan.known(settings.sources().keySet()),
                    "Configure statesync.sources." + name + ", or correct the name.");
        }
        return source;
    }

    /* A copy of which nothing is heard is found current by the probe alone. */
    private void requireOftenEnough(ReplicaDeclaration replica) {
        Duration limit = replica.settings().maxStaleness();
        Duration shortest = replica.source().probeInterval().multipliedBy(2);
        if (limit != null && limit.compareTo(shortest) < 0) {
            throw new SetupException(
                    "The max-staleness of topic \"" + replica.topic() + "\" is " + limit.toMillis()
                            + " ms, but its source " + replica.source().description() + " is asked only every "
                            + replica.source().probeInterval().toMillis()
                            + " ms: a state that does not change would count as stale.",
                    "Set statesync.topics." + replica.topic() + ".max-staleness or statesync.defaults.max-staleness to "
                            + shortest.toMillis() + " ms at least"
                            + (settings.sources().containsValue(replica.source())
                                    ? ", or lower statesync.sources."
                                            + replica.source().name() + ".probe-interval."
                                    : "."));
        }
    }

    /* By default a topic whose source is here is left out; nobody may ask for it by name. */
    private static void requireToBePersisted(ReplicaDeclaration replica) {
        PersistenceSettings persistence = replica.settings().persistence();
        if (replica.isLocal() && persistence != null && persistence.ownStorage()) {
            throw SourceIsHere.persisted(replica.topic(), persistence);
        }
        if (!replica.isLocal() && persistence == null && replica.settings().startup() == Startup.PERSISTED_FIRST) {
            throw new SetupException(
                    "Topic \"" + replica.topic()
                            + "\" is to start on its persisted state (startup is \"persisted-first\"), but nothing keeps"
                            + " it.",
                    "Set statesync.topics." + replica.topic()
                            + ".persistence.storage or statesync.defaults.persistence.storage, for instance to \"file\";"
                            + " or startup to \"required\".");
        }
    }

    private void requireSourceOfThatType(ReplicaDeclaration replica) {
        if (!replica.isLocal()) {
            return;
        }
        SourceDeclaration local = localSources.get(replica.topic());
        if (local == null) {
            String source = "statesync.sources." + replica.source().name();
            throw new SetupException(
                    "Topic \"" + replica.topic() + "\" is to be read from this application, since " + source
                            + ".snapshots is \"local\" (as it is without URLs), but no method here returns it.",
                    "Say where its snapshots are, by " + source + ".urls or another " + source
                            + ".snapshots, or put @TopicSource(\"" + replica.topic()
                            + "\") on a method that returns the state.");
        }
        if (DataTypes.isKnown(local.type()) && !replica.type().isAssignableFrom(local.type())) {
            throw new SetupException(
                    "Topic \"" + replica.topic() + "\" has two types: " + local.description() + " returns "
                            + local.type() + ", and its appliers take " + replica.type() + ".",
                    "Let the source return what the appliers take.");
        }
    }
}
