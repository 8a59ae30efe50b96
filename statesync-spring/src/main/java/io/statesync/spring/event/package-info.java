/**
 * Invalidations as Spring application events, inside one application context.
 *
 * <ul>
 *   <li>{@link io.statesync.spring.event.ApplicationEventTransport} publishes them, and hears those of its own context.
 * </ul>
 */
@NullMarked
package io.statesync.spring.event;

import org.jspecify.annotations.NullMarked;
