package io.statesync;

import io.statesync.policy.Durations;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the ledger knows of the data's age, held against the limit. Immutable; the ledger's field is volatile. */
final class LedgerFreshness implements Freshness {

    private final String topic;
    private final Ledger ledger;
    private final Scheduler scheduler;
    private final @Nullable Duration limit;
    private final long limitNanos;
    private final long builtAt;

    LedgerFreshness(String topic, Ledger ledger, Scheduler scheduler, @Nullable Duration limit) {
        this.topic = topic;
        this.ledger = ledger;
        this.scheduler = scheduler;
        this.limit = limit;
        this.limitNanos = limit == null ? Long.MAX_VALUE : Durations.nanos(limit);
        this.builtAt = scheduler.now();
    }

    @Override
    public @Nullable Duration age() {
        return ledger.age(scheduler.now());
    }

    @Override
    public boolean limited() {
        return limit != null;
    }

    @Override
    public void require() {
        if (limit != null && scheduler.now() - ledger.confirmedSince(builtAt) > limitNanos) {
            throw new StaleStateException(topic, age(), limit);
        }
    }
}
