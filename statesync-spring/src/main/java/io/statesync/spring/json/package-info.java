/** The protocol as JSON, for every transport. */
@NullMarked
package io.statesync.spring.json;

import org.jspecify.annotations.NullMarked;
