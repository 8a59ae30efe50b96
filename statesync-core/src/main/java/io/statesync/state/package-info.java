/**
 * Containers that hold a topic's state for the application to read.
 *
 * <ul>
 *   <li>{@link io.statesync.state.SyncedState} holds one immutable value.
 * </ul>
 */
@NullMarked
package io.statesync.state;

import org.jspecify.annotations.NullMarked;
