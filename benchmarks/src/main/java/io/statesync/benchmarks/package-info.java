/**
 * StateSync as a participant of the harness in {@code benchmarks/harness}, one class for each scenario of {@code
 * docs/performance.md}; named in {@code META-INF/peers}.
 *
 * <ul>
 *   <li>{@link io.statesync.benchmarks.ReadState}, {@link io.statesync.benchmarks.ReadMap}: B1, a local read.
 *   <li>{@link io.statesync.benchmarks.OverRedis}: B2, from a change to another client.
 *   <li>{@link io.statesync.benchmarks.StompFanout}: B3, one invalidation to many sessions.
 *   <li>{@link io.statesync.benchmarks.SnapshotEndpoint}: B4, many replicas that fetch at once.
 *   <li>{@link io.statesync.benchmarks.CoalescedBurst}: B5, many invalidations.
 *   <li>{@link io.statesync.benchmarks.ManyTopics}: B6, the heap of a topic.
 *   <li>{@link io.statesync.benchmarks.CollectionStore}, {@link io.statesync.benchmarks.DurableStore}: B7, optimistic rows.
 * </ul>
 */
@NullMarked
package io.statesync.benchmarks;

import org.jspecify.annotations.NullMarked;
