package io.statesync.spring;

import io.statesync.RevisionSync;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

/**
 * Finds the topics of the application in its annotations and its configuration, and defines one {@link RevisionSync} bean
 * for each of which it keeps a copy: injectable by its generic type, and by {@link SyncedTopic}.
 *
 * <p>In an application that was processed ahead of time this runs again at its start, and defines the same beans: written
 * down they would name the types of the data, which need not be public.
 */
public final class TopicRegistrar implements BeanFactoryPostProcessor {

    /** The name that the {@link Replicas} bean must have. */
    public static final String REPLICAS_BEAN = "statesyncReplicas";

    private static final String NAME_PREFIX = "revisionSync.";

    private final SyncSettings settings;
    private final List<ApplierKind> kinds;
    private @Nullable TopicPlan plan;

    /** The topics whose sync is a bean that the application defines itself. Filled before any bean may ask. */
    private final Set<String> definedElsewhere = new HashSet<>();

    public TopicRegistrar(SyncSettings settings) {
        this(settings, List.of());
    }

    /** @param kinds what carries {@link SyncedTopic} besides the beans that this package knows */
    public TopicRegistrar(SyncSettings settings, List<ApplierKind> kinds) {
        this.settings = settings;
        this.kinds = List.copyOf(kinds);
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        TopicPlan made = TopicPlan.of(TopicScanner.scan(beans, kinds), settings);
        BeanDefinitionRegistry registry = (BeanDefinitionRegistry) beans;
        made.replicas().values().forEach(replica -> define(replica, beans, registry));
        plan = made;
    }

    TopicPlan plan() {
        if (plan == null) {
            throw new IllegalStateException("the topics are not known yet: no bean may ask before all are defined");
        }
        return plan;
    }

    /** Whether the application itself defines the bean that is this topic's sync. */
    boolean isDefinedElsewhere(String topic) {
        return definedElsewhere.contains(topic);
    }

    static String beanName(String topic) {
        return NAME_PREFIX + topic;
    }

    private void define(
            ReplicaDeclaration replica, ConfigurableListableBeanFactory beans, BeanDefinitionRegistry registry) {
        String name = beanName(replica.topic());
        if (registry.containsBeanDefinition(name)) {
            requireOurs(name, replica.topic(), beans);
            definedElsewhere.add(replica.topic());
            return;
        }
        RootBeanDefinition definition = new RootBeanDefinition();
        definition.setTargetType(ResolvableType.forClassWithGenerics(RevisionSync.class, replica.type()));
        definition.setFactoryBeanName(REPLICAS_BEAN);
        definition.setFactoryMethodName("create");
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, replica.topic());
        definition.setDestroyMethodName("close");
        // a bean for whoever wants it injected: the engine itself is built without one
        definition.setLazyInit(true);
        definition.addQualifier(new AutowireCandidateQualifier(SyncedTopic.class, replica.topic()));
        definition.setRole(BeanDefinition.ROLE_SUPPORT);
        definition.setAttribute(BeanRegistrationAotProcessor.IGNORE_REGISTRATION_ATTRIBUTE, true);
        registry.registerBeanDefinition(name, definition);
    }

    private static void requireOurs(String name, String topic, ConfigurableListableBeanFactory beans) {
        if (!beans.isTypeMatch(name, RevisionSync.class)) {
            throw new SetupException(
                    "Bean \"" + name + "\" has the name that the RevisionSync of topic \"" + topic + "\" needs.",
                    "Give your bean another name.");
        }
    }
}
