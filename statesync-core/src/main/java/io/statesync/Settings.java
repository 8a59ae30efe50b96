package io.statesync;

import io.statesync.policy.RefreshPool;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What may be set for a topic and mostly is not: topics that keep all defaults share one. */
record Settings(
        InvalidationFilter filter,
        Executor executor,
        Scheduler scheduler,
        Duration fetchTimeout,
        Duration stopTimeout,
        @Nullable RevisionProbe probe,
        @Nullable RoundObserver observer) {

    static final Settings DEFAULTS = new Settings(
            InvalidationFilter.ALL,
            RefreshPool.shared(),
            Scheduler.system(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            null,
            null);

    /** These, or the shared ones that are the same. */
    Settings shared() {
        return equals(DEFAULTS) ? DEFAULTS : this;
    }
}
