/**
 * Wiring only: conditions and beans.
 *
 * <ul>
 *   <li>{@link io.statesync.autoconfigure.StateSyncAutoConfiguration}: topics, engines, publishing, the life cycle.
 *   <li>{@link io.statesync.autoconfigure.StateSyncHttpAutoConfiguration}: snapshots over HTTP, both sides.
 *   <li>{@link io.statesync.autoconfigure.StateSyncStompAutoConfiguration}: invalidations over STOMP, both sides.
 *   <li>{@link io.statesync.autoconfigure.StateSyncJdbcAutoConfiguration}: revisions and snapshots in a database, in the
 *       one with {@link io.statesync.autoconfigure.StateSyncDataSource} if there are several.
 *   <li>{@link io.statesync.autoconfigure.StateSyncMutationAutoConfiguration}: collections, their engine and its storage.
 *   <li>{@link io.statesync.autoconfigure.StateSyncPostgresAutoConfiguration}: invalidations by LISTEN and NOTIFY.
 *   <li>{@link io.statesync.autoconfigure.StateSyncRedisAutoConfiguration}: revisions, snapshots and invalidations in Redis.
 *   <li>{@link io.statesync.autoconfigure.StateSyncSecurityAutoConfiguration}: the rules of Spring Security for both.
 *   <li>{@link io.statesync.autoconfigure.StateSyncExposureAutoConfiguration}: refuses what nothing here can serve.
 * </ul>
 */
@NullMarked
package io.statesync.autoconfigure;

import org.jspecify.annotations.NullMarked;
