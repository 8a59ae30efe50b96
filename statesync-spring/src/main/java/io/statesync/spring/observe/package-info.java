/**
 * Observations by Micrometer: a change, its announcement, the fetch and the apply at each replica in one trace.
 *
 * <ul>
 *   <li>{@link io.statesync.spring.observe.ObservedChanges} is the side of the truth: it writes the event's {@code
 *       traceparent}.
 *   <li>{@link io.statesync.spring.observe.ObservedRounds} is the side of the copy: it goes on in that trace.
 * </ul>
 */
@NullMarked
package io.statesync.spring.observe;

import org.jspecify.annotations.NullMarked;
