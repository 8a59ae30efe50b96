/** Retry, backoff, throttling and the scheduler seam; knows nothing of the rest. */
@NullMarked
package io.statesync.policy;

import org.jspecify.annotations.NullMarked;
