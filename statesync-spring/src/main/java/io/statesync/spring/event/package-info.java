/** Invalidations as Spring application events, inside one process. */
@NullMarked
package io.statesync.spring.event;

import org.jspecify.annotations.NullMarked;
