package io.statesync.concurrency;

import io.statesync.policy.Scheduler;
import java.time.Duration;

/** Time stands still, and no timer fires: nothing but the actors' threads does anything. */
final class NoTime implements Scheduler {

    @Override
    public long now() {
        return 0;
    }

    @Override
    public Timer schedule(Runnable task, Duration delay) {
        return () -> {};
    }
}
