package io.statesync;

import io.statesync.policy.Durations;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the ledger knows of the data's age, held against the limit. Immutable; the ledger's field is volatile. */
final class LedgerFreshness implements Freshness {

    private final Engine<?> engine;
    private final Scheduler scheduler;
    private final @Nullable Limit limit;

    LedgerFreshness(Engine<?> engine, Scheduler scheduler, @Nullable Duration limit) {
        this(engine, scheduler, limit == null ? null : new Limit(limit, Durations.nanos(limit), scheduler.now()));
    }

    private LedgerFreshness(Engine<?> engine, Scheduler scheduler, @Nullable Limit limit) {
        this.engine = engine;
        this.scheduler = scheduler;
        this.limit = limit;
    }

    @Override
    public @Nullable Duration age() {
        return engine.ledger.age(scheduler.now());
    }

    @Override
    public boolean limited() {
        return limit != null;
    }

    @Override
    public Freshness ofThisApply() {
        Long fetched = limit == null ? null : engine.ledger.applyingSince();
        return limit == null || fetched == null
                ? this
                : new LedgerFreshness(engine, scheduler, new Limit(limit.duration, limit.nanos, fetched));
    }

    @Override
    public @Nullable RefreshCause causeOfThisApply() {
        Optional<RefreshCause> cause =
                engine.locked(() -> Optional.ofNullable(engine.slot.applying()).map(round -> round.cause));
        return cause.orElse(null);
    }

    @Override
    public void require() {
        if (limit != null && scheduler.now() - engine.ledger.confirmedSince(limit.since) > limit.nanos) {
            throw new StaleStateException(engine.topic, age(), limit.duration);
        }
    }

    /** @param since from when on it counts if nothing was found current since */
    private record Limit(Duration duration, long nanos, long since) {}
}
