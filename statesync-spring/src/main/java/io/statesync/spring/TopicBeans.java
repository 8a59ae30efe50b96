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

/**
 * The application's beans that have a say in how topics are kept: filters, listeners and customizers. One with {@link
 * SyncedTopic} is for that topic, others are for all. Safe for use by any thread.
 */
public final class TopicBeans {

    /** What may carry the annotation besides appliers. */
    static final List<Class<?>> TYPES =
            List.of(InvalidationFilter.class, SyncListener.class, RevisionSyncCustomizer.class);

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
        List<SyncListener> listeners = some(SyncListener.class, topic::equals).toList();
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
