package io.statesync.spring.mutation;

import io.statesync.mutation.SyncedCollection;
import io.statesync.spring.AnnotatedTypes;
import io.statesync.spring.SetupException;
import io.statesync.spring.Signatures;
import io.statesync.spring.SyncedTopic;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Finds collections and their handlers on bean definitions, without creating a bean, and refuses what does not fit. */
public final class MutationRegistrar implements BeanFactoryPostProcessor {

    /* written once, before any bean may ask */
    private final Map<String, CollectionDeclaration> collections = new LinkedHashMap<>();
    private final List<HandlerDeclaration> handlers = new ArrayList<>();

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        collections.clear();
        handlers.clear();
        AnnotatedTypes annotated = new AnnotatedTypes(Set.of(MutationHandler.class));
        for (String bean : beans.getBeanNamesForType(Object.class, true, false)) {
            Class<?> type = AutoProxyUtils.determineTargetClass(beans, bean);
            if (type != null) {
                collection(bean, type, beans);
                if (annotated.isCandidate(type)) {
                    handlers(bean, type, beans);
                }
            }
        }
        handlers.forEach(this::requireCollection);
    }

    private void collection(String bean, Class<?> type, ConfigurableListableBeanFactory beans) {
        SyncedTopic topic = beans.findAnnotationOnBean(bean, SyncedTopic.class, false);
        if (topic == null || !SyncedCollection.class.isAssignableFrom(type) || !beans.containsBeanDefinition(bean)) {
            return;
        }
        ResolvableType declared = beans.getMergedBeanDefinition(bean).getResolvableType();
        CollectionDeclaration collection = new CollectionDeclaration(
                topic.value(), bean, CollectionBeans.key(bean, declared), CollectionBeans.row(bean, declared));
        CollectionDeclaration other = collections.put(topic.value(), collection);
        if (other != null) {
            throw new SetupException(
                    "Topic \"" + topic.value() + "\" has two collections: bean \"" + other.bean() + "\" and bean \""
                            + bean + "\".",
                    "Keep one of them; withMutation(..) gives the same collection with other options.");
        }
    }

    private void handlers(String bean, Class<?> type, ConfigurableListableBeanFactory beans) {
        MethodIntrospector.MetadataLookup<@Nullable MutationHandler> lookup =
                method -> AnnotatedElementUtils.findMergedAnnotation(method, MutationHandler.class);
        MethodIntrospector.selectMethods(type, lookup)
                .forEach((method, on) -> handler(bean, type, method, on, beans.isSingleton(bean)));
    }

    private void handler(String bean, Class<?> type, Method method, MutationHandler on, boolean singleton) {
        HandlerSignature.require(method, type);
        if (!singleton) {
            throw Signatures.refused(
                    MutationHandler.class,
                    method,
                    "bean \"" + bean + "\" is not a singleton, so there is no one object to call",
                    "Move the method to a singleton bean, or remove the scope.");
        }
        HandlerDeclaration handler = new HandlerDeclaration(on.value(), on.fn(), bean, method);
        for (HandlerDeclaration other : handlers) {
            if (other.collection().equals(on.value()) && other.fn().equals(on.fn())) {
                throw new SetupException(
                        "Collection \"" + on.value() + "\" has two handlers: " + other.description() + " and "
                                + handler.description() + ".",
                        "Keep one, or name the other mutation function: @MutationHandler(value = \"" + on.value()
                                + "\", fn = \"...\").");
            }
        }
        handlers.add(handler);
    }

    private void requireCollection(HandlerDeclaration handler) {
        if (!collections.containsKey(handler.collection())) {
            throw new SetupException(
                    "@MutationHandler on " + handler.description() + " names the unknown collection \""
                            + handler.collection() + "\"." + known(),
                    "Correct the name, or declare a bean SyncedCollection<K, T> with @SyncedTopic(\""
                            + handler.collection() + "\").");
        }
    }

    /** The topics that have a collection here. */
    public Set<String> topics() {
        return Set.copyOf(collections.keySet());
    }

    CollectionDeclaration collection(String topic) {
        CollectionDeclaration found = collections.get(topic);
        if (found == null) {
            throw new SetupException(
                    "Collection \"" + topic + "\" is opened, but no bean is declared for it." + known(),
                    "Correct the name, or open it in a method with @Bean @SyncedTopic(\"" + topic + "\").");
        }
        return found;
    }

    List<HandlerDeclaration> handlers(String collection) {
        return handlers.stream()
                .filter(it -> it.collection().equals(collection))
                .toList();
    }

    private String known() {
        return collections.isEmpty()
                ? " None is known."
                : " Known here: " + String.join(", ", new TreeSet<>(collections.keySet())) + ".";
    }
}
