/** Containers that hold state. */
@NullMarked
package io.statesync.state;

import org.jspecify.annotations.NullMarked;
