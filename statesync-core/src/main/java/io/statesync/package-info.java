/**
 * The protocol's words, the front door, and the engine behind it.
 *
 * <ul>
 *   <li>Words: {@link io.statesync.Topic}, {@link io.statesync.Revision}, {@link io.statesync.InvalidationEvent}, {@link
 *       io.statesync.SnapshotEnvelope}; what breaks them is a {@link io.statesync.ProtocolException}.
 *   <li>Front door: {@link io.statesync.RevisionSync} keeps one topic the same; {@link io.statesync.SyncStatus} and {@link
 *       io.statesync.SyncListener} show how; {@link io.statesync.RevisionProbe} bounds staleness, and {@link
 *       io.statesync.Freshness} tells containers of it, which may refuse reads by a {@link
 *       io.statesync.StaleStateException}.
 *   <li>To be implemented: {@link io.statesync.InvalidationSubscriber} and {@link io.statesync.InvalidationPublisher} (a
 *       transport), {@link io.statesync.SnapshotProvider} or {@link io.statesync.ConditionalSnapshotProvider}, {@link
 *       io.statesync.SnapshotApplier}, {@link io.statesync.RevisionReader}, {@link io.statesync.InvalidationFilter}; {@link
 *       io.statesync.RoundObserver} with its {@link io.statesync.RoundScope} runs something around a round.
 *   <li>Engine (closed): {@code DefaultRevisionSync} is the door's other side, {@code Engine} the state machine.
 * </ul>
 */
@NullMarked
package io.statesync;

import org.jspecify.annotations.NullMarked;
