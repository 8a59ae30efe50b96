package io.statesync.mutation;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Synced rows with optimistic mutations on top (MU-C6): what is visible is what was synced, with the active transactions
 * applied in the order of their creation. Safe for use by any thread.
 *
 * <p>A mutation is visible before its call returns (MU-M1). It throws {@link MissingMutationFnException} where the
 * collection has no mutation function.
 */
public interface SyncedCollection<K, T> extends CollectionView<K, T> {

    /** Its id. */
    String id();

    /** Whether it has its data. */
    CollectionState state();

    /** Completes when the initial data was applied; fails with the setup, if that fails. */
    CompletionStage<Void> ready();

    /** Repeats a setup that failed (MU-C5), else does nothing; completes as {@link #ready}. */
    CompletionStage<Void> setup();

    /**
     * Adds a row.
     *
     * @throws DuplicateKeyException if its key is visible already (MU-M4)
     */
    TransactionHandle insert(T row, MutationOption... options);

    /**
     * Changes a row.
     *
     * @param edit returns the row as it is to be, of the same key; a pure function, called again if another thread changed
     *     the row meanwhile
     * @throws ObjectNotFoundException if the key is not visible (MU-M5)
     * @throws IllegalArgumentException if the edit changes the key
     */
    TransactionHandle update(K key, UnaryOperator<T> edit, MutationOption... options);

    /**
     * Removes a row.
     *
     * @throws ObjectNotFoundException if the key is not visible
     */
    TransactionHandle delete(K key, MutationOption... options);

    /** Makes one transaction of all that the block does, over several collections too (MU-M2). If it throws, nothing was. */
    TransactionHandle mutate(Consumer<MutationScope<K, T>> block, MutationOption... options);

    /** The same collection, with these options for all mutations that are made through what is returned (MU-M12). */
    SyncedCollection<K, T> withMutation(MutationOption... options);

    /** How much it holds. Takes no lock. */
    CollectionStatistics statistics();

    /** What is known of a row beside its value. Takes the engine's lock for a moment. */
    RowStatus rowStatus(K key);
}
