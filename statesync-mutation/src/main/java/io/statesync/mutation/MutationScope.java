package io.statesync.mutation;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a block makes one transaction of (MU-M2). Valid inside its block only, on its thread. Mutations of the same row
 * fold into one (MU-M8); nothing is visible to others before the block has ended.
 */
public interface MutationScope<K, T> {

    /** The row as the block has left it; null if there is none. */
    @Nullable
    T get(K key);

    /** As {@link SyncedCollection#insert}. */
    MutationScope<K, T> insert(T row);

    /** As {@link SyncedCollection#update}. */
    MutationScope<K, T> update(K key, UnaryOperator<T> edit);

    /** As {@link SyncedCollection#delete}. */
    MutationScope<K, T> delete(K key);

    /** The same transaction's mutations of another collection of the same {@link SyncedCollections}. */
    <L, U> MutationScope<L, U> on(SyncedCollection<L, U> other);
}
