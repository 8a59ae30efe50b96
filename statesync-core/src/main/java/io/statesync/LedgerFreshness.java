package io.statesync;

import io.statesync.policy.Durations;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the ledger knows of the data's age, held against the limit. Immutable; the ledger's field is volatile. */
final class LedgerFreshness implements Freshness {

    private final String topic;
    private final Ledger ledger;
    private final Scheduler scheduler;
    private final Supplier<@Nullable RefreshCause> cause;
    private final @Nullable Duration limit;
    private final long limitNanos;
    /** From when on the limit counts if nothing was found current since. */
    private final long since;

    LedgerFreshness(
            String topic,
            Ledger ledger,
            Scheduler scheduler,
            @Nullable Duration limit,
            Supplier<@Nullable RefreshCause> cause) {
        this(topic, ledger, scheduler, cause, limit, scheduler.now());
    }

    private LedgerFreshness(
            String topic,
            Ledger ledger,
            Scheduler scheduler,
            Supplier<@Nullable RefreshCause> cause,
            @Nullable Duration limit,
            long since) {
        this.topic = topic;
        this.ledger = ledger;
        this.scheduler = scheduler;
        this.cause = cause;
        this.limit = limit;
        this.limitNanos = limit == null ? Long.MAX_VALUE : Durations.nanos(limit);
        this.since = since;
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
    public Freshness ofThisApply() {
        Long fetched = limit == null ? null : ledger.applyingSince();
        return fetched == null ? this : new LedgerFreshness(topic, ledger, scheduler, cause, limit, fetched);
    }

    @Override
    public @Nullable RefreshCause causeOfThisApply() {
        return cause.get();
    }

    @Override
    public void require() {
        if (limit != null && scheduler.now() - ledger.confirmedSince(since) > limitNanos) {
            throw new StaleStateException(topic, age(), limit);
        }
    }
}
