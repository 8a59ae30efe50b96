/**
 * Contracts to extend and doubles to hold.
 *
 * <ul>
 *   <li>{@link io.statesync.test.ManualScheduler} is a clock that a test moves.
 *   <li>{@link io.statesync.test.ManualExecutor} runs tasks when told; {@link io.statesync.test.WatchedExecutor} runs them
 *       on real threads and tells when it is idle.
 *   <li>{@link io.statesync.test.GatedProvider} and {@link io.statesync.test.RecordingApplier} are the two ends of a
 *       refresh, held, failed and counted.
 *   <li>{@link io.statesync.test.HandSubscriber} is a transport in a test's hand.
 *   <li>{@link io.statesync.test.RecordingListener} remembers everything that a sync says.
 *   <li>{@link io.statesync.test.SnapshotProviderContract} is what every snapshot provider promises, {@link
 *       io.statesync.test.ProviderFault} what it may meet.
 * </ul>
 */
@NullMarked
package io.statesync.test;

import org.jspecify.annotations.NullMarked;
