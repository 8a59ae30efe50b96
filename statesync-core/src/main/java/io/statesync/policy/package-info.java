/**
 * When to do something again, and when not yet. Knows nothing of topics and snapshots.
 *
 * <ul>
 *   <li>{@link io.statesync.policy.Scheduler} is the only source of time.
 *   <li>{@link io.statesync.policy.Backoff} says how long to wait after the n-th failure.
 *   <li>{@link io.statesync.policy.RetryPolicy} says whether to try again at once.
 *   <li>{@link io.statesync.policy.Throttling} says how often demand may lead to work; {@link
 *       io.statesync.policy.ThrottleWindow} is its state, {@link io.statesync.policy.Throttler} runs an action by it.
 *   <li>{@link io.statesync.policy.RefreshPool} is where the work is done, {@link
 *       io.statesync.policy.LimitedExecutor} a bounded share of it; {@link io.statesync.policy.ListenerPool} is where the
 *       application hears of changes.
 *   <li>{@link io.statesync.policy.RetryAfter} and {@link io.statesync.policy.NonRetriableException} are what an error may
 *       say about the next attempt.
 * </ul>
 */
@NullMarked
package io.statesync.policy;

import org.jspecify.annotations.NullMarked;
