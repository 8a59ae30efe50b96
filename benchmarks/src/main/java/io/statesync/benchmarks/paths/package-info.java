/**
 * B8: JMH suites of the paths inside of StateSync; run by {@link io.statesync.benchmarks.paths.Paths} with the gc profiler.
 *
 * <ul>
 *   <li>{@link io.statesync.benchmarks.paths.EventPath}: an event enters the engine.
 *   <li>{@link io.statesync.benchmarks.paths.DataPath}: a snapshot is written, read, applied; a change is published.
 *   <li>{@link io.statesync.benchmarks.paths.UpdatePath}: an optimistic update, beside up to 10,000 that are pending.
 * </ul>
 */
@NullMarked
package io.statesync.benchmarks.paths;

import org.jspecify.annotations.NullMarked;
