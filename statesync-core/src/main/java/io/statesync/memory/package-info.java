/**
 * A transport and a source of truth in memory: for tests, demonstrations, and applications of one process.
 *
 * <ul>
 *   <li>{@link io.statesync.memory.InMemoryTransport} carries invalidations on the publisher's thread.
 *   <li>{@link io.statesync.memory.InMemorySource} holds a value, issues its revisions, announces them, serves snapshots.
 * </ul>
 */
@NullMarked
package io.statesync.memory;

import org.jspecify.annotations.NullMarked;
