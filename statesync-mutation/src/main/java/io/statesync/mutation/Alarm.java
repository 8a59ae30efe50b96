package io.statesync.mutation;

import io.statesync.policy.Scheduler;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A timer that may be called off before it was set: it is set after the unlock. */
final class Alarm {

    private static final Scheduler.Timer OFF = () -> {};

    private final AtomicReference<Scheduler.@Nullable Timer> timer = new AtomicReference<>();

    void set(Scheduler.Timer its) {
        if (!timer.compareAndSet(null, its)) {
            its.cancel();
        }
    }

    void off() {
        Scheduler.Timer its = timer.getAndSet(OFF);
        if (its != null) {
            its.cancel();
        }
    }
}
