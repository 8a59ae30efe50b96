/**
 * Optimistic transactions over synced rows ({@code docs/mutations.md}).
 *
 * <ul>
 *   <li>Front door: {@link io.statesync.mutation.SyncedCollections} opens a {@link io.statesync.mutation.SyncedCollection}
 *       by its {@link io.statesync.mutation.SyncConfig}; a mutation returns a {@link
 *       io.statesync.mutation.TransactionHandle}; {@link io.statesync.mutation.Transactions} shows all of them, a {@link
 *       io.statesync.mutation.TransactionListener} hears of them.
 *   <li>Model: {@link io.statesync.mutation.MutationTransaction} with its {@link
 *       io.statesync.mutation.PendingMutation}s and {@link io.statesync.mutation.Attempt}s; {@link
 *       io.statesync.mutation.LockedRefs} derives the locks.
 *   <li>To be implemented: {@link io.statesync.mutation.MutationFn} (writes), {@link io.statesync.mutation.SyncSource}
 *       (brings rows; {@link io.statesync.mutation.TopicRows} is the one of a topic), {@link
 *       io.statesync.mutation.RowModel} and {@link io.statesync.mutation.RowCodec} (rows), {@link
 *       io.statesync.mutation.Merge}, {@link io.statesync.mutation.ErrorClassifier}, {@link
 *       io.statesync.mutation.ConnectivityGate}, {@link io.statesync.mutation.FailureHandler}.
 *   <li>Engine (closed): {@code OpenCollections} is the door's other side. {@code Engine} has the one lock, and makes
 *       steps that publish once, a {@code Turn} each. {@code Transition} is the state machine, {@code Tx} a transaction in
 *       work. {@code Draft} and {@code Fold} make it up; {@code Claims} queues it; {@code Calls} and {@code Outcomes} run
 *       its attempts; {@code Confirmations} await sync; {@code Endings} complete, fail and cascade; {@code Restoring} takes
 *       up those of a former life.
 *   <li>Rows (closed): {@code Rows} is a collection inside the engine, {@code Layers} its synced and optimistic rows,
 *       {@code Composition} what is visible of them, {@code View} what readers hold, {@code Setup} how they come in.
 *   <li>Around it (closed): {@code Journal} is the storage as the engine uses it, with {@code Encoding}; {@code Bulletin}
 *       tells listeners.
 * </ul>
 */
@NullMarked
package io.statesync.mutation;

import org.jspecify.annotations.NullMarked;
