/** The protocol's words, the front door and the closed engine. */
@NullMarked
package io.statesync;

import org.jspecify.annotations.NullMarked;
