package io.statesync.spring;

import io.statesync.OnRegression;
import io.statesync.policy.Backoff;
import io.statesync.policy.RetryPolicy;
import io.statesync.policy.Throttling;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one topic is to be kept.
 *
 * @param expose whether other processes may read it here
 * @param source the name of the source it is read from; null where that is obvious
 * @param type the class of its data; null where an applier says it
 * @param startup whether the application waits for its first snapshot
 * @param startupTimeout for how long
 * @param fetchTimeout how long one fetch may take (E9)
 * @param stopTimeout how long a stop waits for a running apply (E2)
 * @param catchUp how soon it is fetched again while it is behind (E5), and started again while it cannot be started
 * @param throttling how often events may lead to a fetch (E13)
 * @param retry how a fetch that failed is repeated at once (E14); null: not at all
 * @param onRegression what to do when its source answers an older revision than was applied (E11)
 * @param maxStaleness for how long it is read after it was last found current; null: for ever
 * @param persistence how its snapshots outlive the application; null: not at all
 */
public record TopicSettings(
        boolean expose,
        @Nullable String source,
        @Nullable Class<?> type,
        Startup startup,
        Duration startupTimeout,
        Duration fetchTimeout,
        Duration stopTimeout,
        Backoff catchUp,
        Throttling throttling,
        @Nullable RetryPolicy retry,
        OnRegression onRegression,
        @Nullable Duration maxStaleness,
        @Nullable PersistenceSettings persistence) {}
