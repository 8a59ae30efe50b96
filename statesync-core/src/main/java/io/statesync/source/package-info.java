/** The side of the truth: counters and publishing. */
@NullMarked
package io.statesync.source;

import org.jspecify.annotations.NullMarked;
