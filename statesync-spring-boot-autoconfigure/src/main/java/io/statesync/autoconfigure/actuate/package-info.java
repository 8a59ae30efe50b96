/**
 * How an operator sees the topics.
 *
 * <ul>
 *   <li>{@link io.statesync.autoconfigure.actuate.StateSyncHealthAutoConfiguration}: a component of health per replica, its
 *       status by {@code Severity}.
 *   <li>{@link io.statesync.autoconfigure.actuate.StateSyncMetricsAutoConfiguration}: meters per topic; what is counted,
 *       {@code SyncCounts} has.
 *   <li>{@link io.statesync.autoconfigure.actuate.StateSyncEndpointAutoConfiguration}: the endpoint {@code statesync}, all
 *       topics and the latest of each, if an operator exposes it.
 *   <li>{@link io.statesync.autoconfigure.actuate.StateSyncTransactionHealthAutoConfiguration}, {@link
 *       io.statesync.autoconfigure.actuate.StateSyncTransactionMetricsAutoConfiguration} and {@link
 *       io.statesync.autoconfigure.actuate.StateSyncTransactionsEndpointAutoConfiguration}: the same for transactions.
 * </ul>
 */
@NullMarked
package io.statesync.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
