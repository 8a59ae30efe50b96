/**
 * Mutations under test, on one thread and a clock that a test moves: nothing happens by itself, and everything happens in
 * the same order in each run.
 *
 * <ul>
 *   <li>{@link io.statesync.test.mutation.MutationTestKit} makes a {@link io.statesync.test.mutation.TestCollection}: a real
 *       collection over the real engine, with a pretended backend.
 *   <li>{@link io.statesync.test.mutation.SyncControl} is that backend and its sync, in the test's hand.
 *   <li>{@link io.statesync.test.mutation.TestClock} is the time.
 *   <li>{@link io.statesync.test.mutation.StorageFaults} is the disk, and what may go wrong with it.
 * </ul>
 */
@NullMarked
package io.statesync.test.mutation;

import org.jspecify.annotations.NullMarked;
