/** Health, metrics and the endpoint. */
@NullMarked
package io.statesync.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
