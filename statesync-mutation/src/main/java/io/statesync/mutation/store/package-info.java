/**
 * Where transactions are kept so that they survive the process, and the words of what is kept. Knows nothing of the engine.
 *
 * <ul>
 *   <li>{@link io.statesync.mutation.store.TransactionStorage} is to be implemented; {@link
 *       io.statesync.mutation.store.TransactionStorage#memory} is the reference.
 *   <li>{@link io.statesync.mutation.store.StoreEvent} is what the engine appends, {@link
 *       io.statesync.mutation.store.StoredTransaction} what follows from it, with {@link
 *       io.statesync.mutation.store.StoredMutation}, {@link io.statesync.mutation.store.StoredRow}, {@link
 *       io.statesync.mutation.store.StoredAttempt} and {@link io.statesync.mutation.store.StoredError} in it.
 *   <li>{@link io.statesync.mutation.store.Recovery} and {@link io.statesync.mutation.store.RecoverySink} are how it comes
 *       back; {@link io.statesync.mutation.store.Query} asks for history, {@link io.statesync.mutation.store.StoreHealth}
 *       says how it is.
 *   <li>{@link io.statesync.mutation.store.TransactionState}, {@link io.statesync.mutation.store.MutationType} and {@link
 *       io.statesync.mutation.store.StrategyType} are words that the whole module uses.
 * </ul>
 */
@NullMarked
package io.statesync.mutation.store;

import org.jspecify.annotations.NullMarked;
