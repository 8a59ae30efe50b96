/** In-memory transport and source: tests, demos, one process. */
@NullMarked
package io.statesync.memory;

import org.jspecify.annotations.NullMarked;
