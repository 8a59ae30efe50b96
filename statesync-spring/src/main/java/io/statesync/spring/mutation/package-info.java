/**
 * Mutations in a Spring application.
 *
 * <p>What an application writes:
 *
 * <ul>
 *   <li>{@link io.statesync.spring.mutation.SyncedCollectionFactory} opens the bean of a collection, which carries {@link
 *       io.statesync.spring.SyncedTopic}.
 *   <li>{@link io.statesync.spring.mutation.MutationHandler} marks the method that writes its transactions to the backend.
 *   <li>{@link io.statesync.spring.mutation.HttpPersister} writes them over HTTP, as {@link
 *       io.statesync.spring.mutation.TransactionRequest}s; {@link io.statesync.spring.mutation.HttpRefusedException} and {@link
 *       io.statesync.spring.mutation.HttpPersistException} say what the backend answered.
 * </ul>
 *
 * <p>What it is made of:
 *
 * <ul>
 *   <li>{@link io.statesync.spring.mutation.MutationRegistrar} finds both, and refuses what does not fit; {@link
 *       io.statesync.spring.mutation.CollectionBeans} joins the collections with their topics.
 *   <li>{@link io.statesync.spring.mutation.JsonRowCodec} writes rows for the storage.
 *   <li>{@link io.statesync.spring.mutation.MutationLifecycle} starts, pauses (by its {@link
 *       io.statesync.spring.mutation.PausableGate}) and drains the engine.
 *   <li>{@link io.statesync.spring.mutation.TransactionEventPublisher} tells the application of transitions; {@link
 *       io.statesync.spring.mutation.TransactionAlarms} are for those who watch.
 * </ul>
 */
@NullMarked
package io.statesync.spring.mutation;

import org.jspecify.annotations.NullMarked;
