/** Wiring only: conditions and beans. */
@NullMarked
package io.statesync.autoconfigure;

import org.jspecify.annotations.NullMarked;
