/** Invalidations over STOMP and WebSocket. */
@NullMarked
package io.statesync.spring.stomp;

import org.jspecify.annotations.NullMarked;
