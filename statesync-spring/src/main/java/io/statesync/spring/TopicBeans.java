package io.statesync.spring;

import io.statesync.InvalidationFilter;
import io.statesync.RevisionSyncBuilder;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * The application's beans that have a say in how topics are kept: filters, listeners, customizers. One with {@link
 * SyncedTopic} is for that topic, others are for all. Safe for use by any thread.
 */
public final class TopicBeans {

    /** What may carry the annotation besides appliers. */
    static final List<Class<?>> TYPES = Stream.concat(
                    Stream.of(InvalidationFilter.class, SyncListener.class, RevisionSyncCustomizer.class),
                    PersistenceBeans.TYPES.stream())
            .toList();

    private static final Logger log = LoggerFactory.getLogger(TopicBeans.class);

    private final ListableBeanFactory beans;

    public TopicBeans(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** The listeners that are for no single topic, in their order. */
    public Stream<SyncListener> listenersOfAll() {
        return some(SyncListener.class, topic -> false);
    }

    /** Tells the listeners of a topic what its provider reports of itself: of the attempts that will be repeated (E14). */
    SyncListener errorsOf(String topic) {
        return errorsOf(topic, listener -> true);
    }

    /** Tells those of them who are wanted. */
    SyncListener errorsOf(String topic, Predicate<SyncListener> wanted) {
        List<SyncListener> listeners =
                some(SyncListener.class, topic::equals).filter(wanted).toList();
        return new SyncListener() {
            @Override
            public void onError(SyncErrorContext context) {
                listeners.forEach(listener -> tell(listener, context));
            }
        };
    }

    /* What one of them throws is not the others' business (E7). */
    private static void tell(SyncListener listener, SyncErrorContext context) {
        try {
            listener.onError(context);
        } catch (RuntimeException | Error thrown) {
            log.debug("A listener failed while it was told of a retry for topic {}", context.topic(), thrown);
        }
    }

    /** Adds what the beans say of a topic; customizers have the last word. */
    void apply(String topic, RevisionSyncBuilder<?> builder) {
        List<InvalidationFilter> filters =
                some(InvalidationFilter.class, topic::equals).toList();
        if (!filters.isEmpty()) {
            builder.shouldRefresh(event -> filters.stream().allMatch(it -> it.shouldRefresh(event)));
        }
        some(SyncListener.class, topic::equals).forEach(builder::listener);
        some(RevisionSyncCustomizer.class, topic::equals).forEach(it -> it.customize(topic, builder));
    }

    /** The beans of that type for a topic and for all, in their order. */
    <T> Stream<T> forTopic(Class<T> type, String topic) {
        return some(type, topic::equals);
    }

    /** Their names. */
    Stream<String> namesFor(Class<?> type, String topic) {
        return Stream.of(beans.getBeanNamesForType(type)).filter(name -> {
            SyncedTopic only = beans.findAnnotationOnBean(name, SyncedTopic.class);
            return only == null || only.value().equals(topic);
        });
    }

    /** A bean's type as it is declared, so that a lambda has the generic type of its method. */
    ResolvableType declaredType(String bean, Class<?> type) {
        if (beans instanceof ConfigurableListableBeanFactory known && known.containsBeanDefinition(bean)) {
            ResolvableType declared = known.getMergedBeanDefinition(bean).getResolvableType();
            Class<?> raw = declared.resolve();
            if (raw != null && type.isAssignableFrom(raw)) {
                return declared.as(type);
            }
        }
        return ResolvableType.forClass(beans.getBean(bean).getClass()).as(type);
    }

    /* Those without a topic, and those whose topic is wanted. */
    private <T> Stream<T> some(Class<T> type, Predicate<String> wanted) {
        Set<Object> others = Stream.of(beans.getBeanNamesForType(type))
                .filter(name -> {
                    SyncedTopic only = beans.findAnnotationOnBean(name, SyncedTopic.class);
                    return only != null && !wanted.test(only.value());
                })
                .map(beans::getBean)
                .collect(Collectors.toCollection(() -> Collections.newSetFromMap(new IdentityHashMap<>())));
        return beans.getBeanProvider(type).orderedStream().filter(bean -> !others.contains(bean));
    }
}
