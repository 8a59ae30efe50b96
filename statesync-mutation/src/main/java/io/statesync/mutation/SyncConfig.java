package io.statesync.mutation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a collection is. Immutable; made by {@link #of} and the {@code with} methods. Two that were made of the same parts
 * are equal.
 *
 * @param id identifies the collection, also in the storage
 * @param rows how its rows are taken apart
 * @param codec how its rows are written; needed for a storage that keeps bytes only
 * @param source where its rows come from
 * @param refresher asks that source for newer rows
 * @param topic the topic whose revisions the rows have
 * @param mutationFns by name; {@link #DEFAULT_FN} is the one that is used if nothing else is said
 * @param strategy whether its transactions queue
 * @param lane what they queue on, beside their rows
 * @param retry how often and when they are tried again; null: as the engine says
 */
public record SyncConfig<K, T>(
        String id,
        RowModel<K, T> rows,
        @Nullable RowCodec<K, T> codec,
        SyncSource<K, T> source,
        Refresher refresher,
        String topic,
        Map<String, MutationFn> mutationFns,
        MutationStrategy strategy,
        Lane lane,
        @Nullable MutationRetry retry) {

    /** The name of the mutation function that is used if nothing else is said. */
    public static final String DEFAULT_FN = "default";

    public SyncConfig {
        Objects.requireNonNull(rows, "a collection needs a row model");
        if (id.isBlank()) {
            throw new IllegalArgumentException("a collection needs an id");
        }
        mutationFns = Map.copyOf(mutationFns);
    }

    /** A collection whose rows come from this source; nothing asks it for newer ones. */
    public static <K, T> SyncConfig<K, T> of(String id, RowModel<K, T> rows, SyncSource<K, T> source) {
        Refresher nobody = NoRefresher.INSTANCE;
        return new SyncConfig<>(
                id, rows, null, source, nobody, id, Map.of(), MutationStrategy.ORDERED, Lane.OBJECT, null);
    }

    /** A collection that is bound to a topic. */
    public static <K, T> SyncConfig<K, T> ofTopic(String id, RowModel<K, T> rows, TopicRows<K, T> topic) {
        return of(id, rows, topic).withRefresher(topic).withTopic(topic.topic());
    }

    /** The same with a codec. */
    public SyncConfig<K, T> withCodec(RowCodec<K, T> newCodec) {
        return new SyncConfig<>(id, rows, newCodec, source, refresher, topic, mutationFns, strategy, lane, retry);
    }

    /** The same with somebody who asks the source for newer rows. */
    public SyncConfig<K, T> withRefresher(Refresher newRefresher) {
        return new SyncConfig<>(id, rows, codec, source, newRefresher, topic, mutationFns, strategy, lane, retry);
    }

    /** The same with revisions of this topic. */
    public SyncConfig<K, T> withTopic(String newTopic) {
        return new SyncConfig<>(id, rows, codec, source, refresher, newTopic, mutationFns, strategy, lane, retry);
    }

    /** The same with a mutation function. */
    public SyncConfig<K, T> withMutationFn(MutationFn fn) {
        return withMutationFn(DEFAULT_FN, fn);
    }

    /** The same with one more mutation function, to be chosen by {@link MutationOption#fn}. */
    public SyncConfig<K, T> withMutationFn(String name, MutationFn fn) {
        Map<String, MutationFn> all = new LinkedHashMap<>(mutationFns);
        all.put(name, fn);
        return new SyncConfig<>(id, rows, codec, source, refresher, topic, all, strategy, lane, retry);
    }

    /** The same with another strategy. */
    public SyncConfig<K, T> withStrategy(MutationStrategy newStrategy) {
        return new SyncConfig<>(id, rows, codec, source, refresher, topic, mutationFns, newStrategy, lane, retry);
    }

    /** The same on another lane. */
    public SyncConfig<K, T> withLane(Lane newLane) {
        return new SyncConfig<>(id, rows, codec, source, refresher, topic, mutationFns, strategy, newLane, retry);
    }

    /** The same with its own rules of retry. */
    public SyncConfig<K, T> withRetry(MutationRetry newRetry) {
        return new SyncConfig<>(id, rows, codec, source, refresher, topic, mutationFns, strategy, lane, newRetry);
    }
}
