/**
 * Contracts to extend and doubles to hold.
 *
 * <ul>
 *   <li>{@link io.statesync.test.ManualScheduler} is a clock that a test moves.
 *   <li>{@link io.statesync.test.ManualExecutor} runs tasks when told; {@link io.statesync.test.WatchedExecutor} runs them
 *       on real threads and tells when it is idle.
 *   <li>{@link io.statesync.test.GatedProvider} and {@link io.statesync.test.RecordingApplier} are the two ends of a
 *       refresh, held, failed and counted.
 *   <li>{@link io.statesync.test.HandSubscriber} is a transport in a test's hand, its {@link
 *       io.statesync.test.HandSubscription}s are what it holds.
 *   <li>{@link io.statesync.test.InvalidationTransportContract} is what every transport promises; {@link
 *       io.statesync.test.ServerTransportContract} what one with a server promises besides. {@link
 *       io.statesync.test.RecordingHandler} is their ear.
 *   <li>{@link io.statesync.test.EngineProtocolContract} is the protocol's own cases (EN) over any transport; {@link
 *       io.statesync.test.EngineEventContract} and the other {@code Engine..Contract}s are those that need a hand on time.
 *   <li>{@link io.statesync.test.SourceContract} is what every revision counter promises, and the labels of its snapshots.
 *   <li>{@link io.statesync.test.RecordingListener} remembers everything that a sync says, {@link
 *       io.statesync.test.RecordingObserver} what happened around its rounds.
 *   <li>{@link io.statesync.test.Simulation} is virtual time for code that blocks; {@link io.statesync.test.SimulatedBus}
 *       with its {@link io.statesync.test.SimulatedLink}s is a network that goes wrong as told, {@link
 *       io.statesync.test.SimulatedStore} with its {@link io.statesync.test.SimulatedReader}s a source that is slow, broken
 *       or behind.
 *   <li>{@link io.statesync.test.EndToEndContract} and its five themes are E2E-01 to E2E-60 on a {@link
 *       io.statesync.test.SimulatedCluster}; {@link io.statesync.test.ConvergenceScenarios} plays ten of them over a real
 *       transport, with a restart in the middle.
 *   <li>{@link io.statesync.test.TransactionStorageContract} and {@link io.statesync.test.TransactionHistoryContract} are
 *       what every storage of transactions promises, on a {@link io.statesync.test.TransactionStorageTestBed}; {@link
 *       io.statesync.test.Transactions} are what they store, {@link io.statesync.test.RecordingSink} hears what comes back.
 *   <li>{@link io.statesync.test.ChildJvm} is a process that is killed, and what it had said.
 *   <li>{@link io.statesync.test.Vectors} are the protocol's own cases as JSON.
 *   <li>{@link io.statesync.test.SnapshotProviderContract} is what every snapshot provider promises, {@link
 *       io.statesync.test.ProviderFault} what it may meet.
 *   <li>{@link io.statesync.test.StateAdapterContract} is what every state adapter with entries by key promises, {@link
 *       io.statesync.test.AtomicStateAdapterContract} one that swaps them at once.
 *   <li>{@link io.statesync.test.SnapshotStorageContract} is what every storage of records promises; {@link
 *       io.statesync.test.SnapshotPersistenceContract}, {@link io.statesync.test.PersistenceEventContract} and {@link
 *       io.statesync.test.PersistenceRecordContract} what a persistence does over it. {@link
 *       io.statesync.test.FaultyStorage} fails and hangs as told, {@link io.statesync.test.RecordingPersistenceListener}
 *       remembers, {@link io.statesync.test.RawRecord} is a record built by hand, {@link io.statesync.test.TextCodec} the
 *       simplest codec.
 * </ul>
 *
 * <p>The kit of mutations is a package of its own, {@code io.statesync.test.mutation}.
 */
@NullMarked
package io.statesync.test;

import org.jspecify.annotations.NullMarked;
