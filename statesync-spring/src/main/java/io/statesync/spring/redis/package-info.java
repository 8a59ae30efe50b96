/**
 * Redis as the place of revisions and data, and as a transport of invalidations.
 *
 * <ul>
 *   <li>{@link io.statesync.spring.redis.RedisRevisionCounter} issues revisions, for several instances (P7).
 *   <li>{@link io.statesync.spring.redis.RedisStateStore} writes a topic's data, issues its revision and announces it in one
 *       script (P6); {@link io.statesync.spring.redis.RedisSnapshotSource} reads both in one script.
 *   <li>{@link io.statesync.spring.redis.RedisKeys} says what the keys are called.
 *   <li>{@link io.statesync.spring.redis.RedisPublisher} announces by {@code PUBLISH}; {@link
 *       io.statesync.spring.redis.RedisTransport} (described by its {@link
 *       io.statesync.spring.redis.RedisTransportBuilder}) hears it by {@code SUBSCRIBE}, on a {@link
 *       io.statesync.spring.redis.RedisChannel}.
 * </ul>
 */
@NullMarked
package io.statesync.spring.redis;

import org.jspecify.annotations.NullMarked;
