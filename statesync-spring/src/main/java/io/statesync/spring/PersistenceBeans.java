package io.statesync.spring;

import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.persistence.Migrations;
import io.statesync.persistence.PersistenceListener;
import io.statesync.persistence.SnapshotPersistenceBuilder;
import io.statesync.persistence.SnapshotValidator;
import io.statesync.persistence.VersionedCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * The application's beans that have a say in how topics are persisted: migrations, validators and listeners. One with {@link
 * SyncedTopic} is for that topic, others are for all.
 */
final class PersistenceBeans {

    /** What may carry the annotation. */
    static final List<Class<?>> TYPES = List.of(PersistenceListener.class, SnapshotValidator.class, Migrations.class);

    private static final int FIRST_VERSION = 1;

    private final ListableBeanFactory beans;
    private final TopicBeans topics;

    PersistenceBeans(ListableBeanFactory beans) {
        this.beans = beans;
        this.topics = new TopicBeans(beans);
    }

    VersionedCodec<Object> codec(ReplicaDeclaration replica, PersistenceSettings settings) {
        PersistedFormat format = beans.getBeanProvider(PersistedFormat.class).getIfUnique();
        if (format == null) {
            throw new SetupException(
                    settings.property() + ".storage is \"" + settings.storage()
                            + "\", but nothing here can write the data of topic \"" + replica.topic() + "\".",
                    "Add spring-boot-starter-jackson (statesync-spring-boot-starter has it), or declare one bean that is a"
                            + " PersistedFormat.");
        }
        return format.codec(replica.type().getType(), migrations(replica.topic(), settings));
    }

    private Migrations<?> migrations(String topic, PersistenceSettings settings) {
        List<Migrations<?>> found = topics.forTopic(Migrations.class, topic)
                .<Migrations<?>>map(it -> it)
                .toList();
        if (found.size() > 1) {
            throw new SetupException(
                    "Topic \"" + topic + "\" has " + found.size() + " beans that are Migrations.",
                    "Keep one Migrations bean with @SyncedTopic(\"" + topic + "\") that has all steps.");
        }
        Integer written = settings.schemaVersion();
        return found.isEmpty() ? none(topic, settings, written) : fitting(topic, settings, found.get(0), written);
    }

    private static Migrations<?> none(String topic, PersistenceSettings settings, @Nullable Integer written) {
        if (written != null && written > FIRST_VERSION) {
            throw new SetupException(
                    settings.property() + ".schema-version is " + written
                            + ", but nothing migrates the records of topic \"" + topic + "\" that have an older one.",
                    "Declare a bean Migrations<JsonNode> with @SyncedTopic(\"" + topic + "\"): Migrations.to(" + written
                            + ").step(" + (written - 1) + ", ..).build(), or Migrations.none(" + written
                            + ") to leave older records unread.");
        }
        return Migrations.none(FIRST_VERSION);
    }

    private static Migrations<?> fitting(
            String topic, PersistenceSettings settings, Migrations<?> found, @Nullable Integer written) {
        if (written != null && written != found.version()) {
            throw new SetupException(
                    settings.property() + ".schema-version is " + written + ", but the migrations of topic \"" + topic
                            + "\" lead to version " + found.version() + ".",
                    "Let both be the same, or remove the property: the migrations say the version.");
        }
        List<Integer> steps = found.steps();
        for (int from = steps.isEmpty() ? found.version() : steps.get(0); from < found.version(); from++) {
            if (!steps.contains(from)) {
                throw new SetupException(
                        "The migrations of topic \"" + topic + "\" have steps from " + steps + " to version "
                                + found.version() + ", but none from " + from + ".",
                        "Add .step(" + from + ", ..) to the Migrations bean.");
            }
        }
        return found;
    }

    void apply(ReplicaDeclaration replica, SnapshotPersistenceBuilder<Object> builder) {
        validators(replica).forEach(builder::validator);
        topics.forTopic(PersistenceListener.class, replica.topic()).forEach(builder::listener);
        builder.listener(errorsOf(replica.topic()));
    }

    @SuppressWarnings("unchecked") // the declared types were compared
    private List<SnapshotValidator<Object>> validators(ReplicaDeclaration replica) {
        return topics.namesFor(SnapshotValidator.class, replica.topic())
                .filter(name -> fits(name, replica))
                .map(name -> (SnapshotValidator<Object>) beans.getBean(name))
                .toList();
    }

    /* One for all looks at the topics whose type it takes; one for a topic has to take that topic's. */
    private boolean fits(String bean, ReplicaDeclaration replica) {
        ResolvableType taken =
                topics.declaredType(bean, SnapshotValidator.class).getGeneric(0);
        if (!DataTypes.isKnown(taken) || taken.isAssignableFrom(replica.type())) {
            return true;
        }
        if (beans.findAnnotationOnBean(bean, SyncedTopic.class) != null) {
            throw new SetupException(
                    "@SyncedTopic on bean \"" + bean + "\": it validates " + taken + ", but the data of topic \""
                            + replica.topic() + "\" is " + replica.type() + ".",
                    "Let it be a SnapshotValidator<" + replica.type() + ">.");
        }
        return false;
    }

    /* Whoever hears of the topic's failures hears of these; a bean that is both is told once. */
    private PersistenceListener errorsOf(String topic) {
        SyncListener listeners = topics.errorsOf(topic, it -> !(it instanceof PersistenceListener));
        return new PersistenceListener() {
            @Override
            public void onError(SyncErrorContext context) {
                listeners.onError(context);
            }
        };
    }
}
