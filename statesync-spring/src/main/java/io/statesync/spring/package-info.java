/** Registry, life cycle, annotations, publish after commit. */
@NullMarked
package io.statesync.spring;

import org.jspecify.annotations.NullMarked;
