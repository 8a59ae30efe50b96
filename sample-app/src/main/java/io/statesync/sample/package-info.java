/** A source of truth and its replicas in one application. */
@NullMarked
package io.statesync.sample;

import org.jspecify.annotations.NullMarked;
