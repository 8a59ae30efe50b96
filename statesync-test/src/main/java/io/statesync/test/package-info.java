/** Contracts to extend and doubles to hold. */
@NullMarked
package io.statesync.test;

import org.jspecify.annotations.NullMarked;
