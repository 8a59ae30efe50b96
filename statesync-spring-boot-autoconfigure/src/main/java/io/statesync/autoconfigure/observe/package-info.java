/**
 * How a change becomes a trace.
 *
 * <ul>
 *   <li>{@link io.statesync.autoconfigure.observe.StateSyncObservationAutoConfiguration}: observations of announcements and
 *       rounds, where the application has a tracer.
 * </ul>
 */
@NullMarked
package io.statesync.autoconfigure.observe;

import org.jspecify.annotations.NullMarked;
