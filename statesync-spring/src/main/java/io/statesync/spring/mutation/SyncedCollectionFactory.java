package io.statesync.spring.mutation;

import io.statesync.mutation.RowModel;
import io.statesync.mutation.SyncConfig;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.SyncedCollections;
import io.statesync.mutation.TopicRows;
import io.statesync.spring.SetupException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens the collections that are beans, each in a method with {@code @Bean} and {@code @SyncedTopic}: the topic is the
 * collection's id, its methods with {@link MutationHandler} are its mutation functions, and its rows are stored as JSON.
 * Without a handler a collection is read-only. Safe for use by any thread.
 */
public final class SyncedCollectionFactory implements SmartInitializingSingleton {

    private final MutationRegistrar registrar;
    private final SyncedCollections collections;
    private final @Nullable JsonMapper mapper;
    private final Defaults defaults;
    private final BeanFactory beans;
    private final Map<String, TopicRows<?, ?>> rows = new ConcurrentHashMap<>();
    private final Map<String, SyncedCollection<?, ?>> opened = new ConcurrentHashMap<>();
    private final List<HandlerFn> handlers = new CopyOnWriteArrayList<>();

    /**
     * For the beans of a context.
     *
     * @param mapper writes the rows; null if each collection has a codec of its own, or the storage needs none
     * @param defaults what holds for each collection that does not say otherwise
     */
    public SyncedCollectionFactory(
            MutationRegistrar registrar,
            SyncedCollections collections,
            @Nullable JsonMapper mapper,
            Defaults defaults,
            BeanFactory beans) {
        this.registrar = registrar;
        this.collections = collections;
        this.mapper = mapper;
        this.defaults = defaults;
        this.beans = beans;
    }

    /** What holds for each collection that does not say otherwise. */
    @FunctionalInterface
    public interface Defaults {

        /** The config with its strategy, lane and retry. */
        <K, T> SyncConfig<K, T> apply(SyncConfig<K, T> config);
    }

    /**
     * The collection of a topic whose rows are records with a component {@code id}.
     *
     * @throws SetupException if they are not, or no bean is declared for the topic
     */
    public <K, T> SyncedCollection<K, T> open(String topic) {
        return open(topic, IdComponent.<K, T>rows(registrar.collection(topic)));
    }

    /**
     * The collection of a topic whose rows are records.
     *
     * @param key their key, such as {@code Item::sku}
     * @throws SetupException if they are no records, or no bean is declared for the topic
     */
    public <K, T> SyncedCollection<K, T> open(String topic, Function<? super T, ? extends K> key) {
        Class<?> type = registrar.collection(topic).row().toClass();
        if (!type.isRecord()) {
            throw new SetupException(
                    "The rows of collection \"" + topic + "\" cannot be taken apart: " + type.getName()
                            + " is no record.",
                    "Make it a record, or give open(..) a RowModel.");
        }
        return open(topic, IdComponent.<K, T>record(type.asSubclass(Record.class), key));
    }

    /** The collection of a topic with any rows. */
    public <K, T> SyncedCollection<K, T> open(String topic, RowModel<K, T> model) {
        return open(topic, model, config -> config);
    }

    /**
     * The collection of a topic with any rows.
     *
     * @param more changes what is not as elsewhere: strategy, lane, retry, codec
     */
    public <K, T> SyncedCollection<K, T> open(
            String topic, RowModel<K, T> model, UnaryOperator<SyncConfig<K, T>> more) {
        CollectionDeclaration declared = registrar.collection(topic);
        TopicRows<K, T> source = TopicRows.of(topic);
        if (rows.putIfAbsent(topic, source) != null) {
            throw new SetupException(
                    "Collection \"" + topic + "\" is opened twice.",
                    "Inject it with @SyncedTopic(\"" + topic + "\") where it is used.");
        }
        SyncConfig<K, T> config = defaults.apply(SyncConfig.ofTopic(topic, model, source));
        if (mapper != null) {
            config = config.withCodec(new JsonRowCodec<>(
                    mapper, declared.key().getType(), declared.row().getType()));
        }
        List<HandlerFn> its = new ArrayList<>();
        for (HandlerDeclaration handler : registrar.handlers(topic)) {
            HandlerFn fn = new HandlerFn(handler);
            its.add(fn);
            config = config.withMutationFn(handler.fn(), fn);
        }
        SyncedCollection<K, T> collection = collections.open(more.apply(config));
        handlers.addAll(its);
        opened.put(topic, collection);
        return collection;
    }

    @Override
    public void afterSingletonsInstantiated() {
        handlers.forEach(it -> it.bind(beans.getBean(it.handler().bean())));
    }

    /** The rows of each topic that is open. */
    Map<String, TopicRows<?, ?>> rows() {
        return Map.copyOf(rows);
    }

    /** The collection of each topic that is open. */
    public Map<String, SyncedCollection<?, ?>> opened() {
        return Map.copyOf(opened);
    }

    TopicRows<?, ?> rows(String topic, String bean) {
        TopicRows<?, ?> found = rows.get(topic);
        if (found == null) {
            throw new SetupException(
                    "@SyncedTopic on bean \"" + bean + "\" names topic \"" + topic
                            + "\", but its method opens another one" + (rows.isEmpty() ? "" : ": " + rows.keySet())
                            + ".",
                    "Let it return SyncedCollectionFactory.open(\"" + topic + "\").");
        }
        return found;
    }
}
