/**
 * Containers that hold a topic's state for the application to read, and hear of its changes.
 *
 * <ul>
 *   <li>{@link io.statesync.state.SyncedState} holds one immutable value.
 *   <li>{@link io.statesync.state.SyncedMap} holds entries by key; {@link io.statesync.state.EntryMapping} says how data
 *       becomes entries, here and in every other keyed adapter.
 *   <li>{@link io.statesync.state.StateChange} and {@link io.statesync.state.MapChange} are what listeners hear; {@link
 *       io.statesync.state.ChangeFeed} tells them, and {@link io.statesync.state.Registration} ends that.
 *   <li>{@link io.statesync.state.SnapshotPublisher} is a stream of snapshots.
 * </ul>
 */
@NullMarked
package io.statesync.state;

import org.jspecify.annotations.NullMarked;
