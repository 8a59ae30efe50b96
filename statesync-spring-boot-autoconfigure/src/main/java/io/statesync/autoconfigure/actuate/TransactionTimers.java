package io.statesync.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.statesync.mutation.MutationTimings;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Times what the engine and the storage do themselves. Safe for use by any thread. */
final class TransactionTimers implements MutationTimings, LongConsumer {

    private final Timer mutate;
    private final Timer locked;
    private final Timer force;

    TransactionTimers(MeterRegistry registry) {
        mutate = registry.timer("statesync.transactions.mutate");
        locked = registry.timer("statesync.transactions.locked");
        force = registry.timer("statesync.transactions.store.force");
    }

    @Override
    public void mutated(long nanos) {
        mutate.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void locked(long nanos) {
        locked.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A group commit of the storage. */
    @Override
    public void accept(long nanos) {
        force.record(nanos, TimeUnit.NANOSECONDS);
    }
}
