/**
 * B9: what grows with the number of topics, replicas, pending writes, and with the size of a snapshot; {@link
 * io.statesync.benchmarks.growth.Growth} prints the curves. {@link io.statesync.benchmarks.growth.Curve} is one of them.
 */
@NullMarked
package io.statesync.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
