package io.statesync.spring;

import io.statesync.InvalidationFilter;
import io.statesync.RevisionSyncBuilder;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    /** What was found, by type; null if it is looked for each time. */
    private final @Nullable Map<Class<?>, List<Found>> found;

    public TopicBeans(ListableBeanFactory beans) {
        this(beans, null);
    }

    private TopicBeans(ListableBeanFactory beans, @Nullable Map<Class<?>, List<Found>> found) {
        this.beans = beans;
        this.found = found;
    }

    /** The same for many topics in turn: beans are looked for once, unless they are made anew for each. */
    TopicBeans remembering() {
        return new TopicBeans(beans, new ConcurrentHashMap<>());
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
        List<Found> all = found == null ? null : found.get(type);
        if (all == null) {
            all = all(type);
            if (found != null && Stream.of(beans.getBeanNamesForType(type)).allMatch(beans::isSingleton)) {
                found.put(type, all);
            }
        }
        return all.stream()
                .filter(it -> it.only() == null || wanted.test(it.only()))
                .map(it -> type.cast(it.bean()));
    }

    private List<Found> all(Class<?> type) {
        Map<Object, String> topics = new IdentityHashMap<>();
        for (String name : beans.getBeanNamesForType(type)) {
            SyncedTopic only = beans.findAnnotationOnBean(name, SyncedTopic.class);
            if (only != null) {
                topics.put(beans.getBean(name), only.value());
            }
        }
        return beans.getBeanProvider(type)
                .orderedStream()
                .map(bean -> new Found(bean, topics.get(bean)))
                .toList();
    }

    /** @param only the one topic that it is for; null if it is for all */
    private record Found(Object bean, @Nullable String only) {}
}
