/**
 * Where state lands in a Spring application, besides the containers of {@code io.statesync.state}.
 *
 * <ul>
 *   <li>{@link io.statesync.spring.state.CacheApplier} fills or empties a cache.
 *   <li>{@link io.statesync.spring.state.EnvironmentApplier} makes a topic a property source; an {@link
 *       io.statesync.spring.state.EnvironmentBinding} takes part in each change, and {@link
 *       io.statesync.spring.state.SyncedProperties} holds what was bound to it.
 *   <li>{@link io.statesync.spring.state.SnapshotFlux} is a stream for Reactor.
 * </ul>
 */
@NullMarked
package io.statesync.spring.state;

import org.jspecify.annotations.NullMarked;
