package io.statesync;

import io.statesync.policy.Scheduler;
import org.jspecify.annotations.Nullable;

/** One moment at which a slot will look again. Armed and cancelled in either order, by any thread. */
final class Wake {

    /** In nanoseconds of {@link Scheduler#now()}. */
    final long at;

    private volatile Scheduler.@Nullable Timer timer;
    private volatile boolean cancelled;

    Wake(long at) {
        this.at = at;
    }

    void armed(Scheduler.Timer fresh) {
        timer = fresh;
        if (cancelled) {
            fresh.cancel();
        }
    }

    void cancel() {
        cancelled = true;
        Scheduler.Timer armed = timer;
        if (armed != null) {
            armed.cancel();
        }
    }
}
