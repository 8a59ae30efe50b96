package io.statesync;

import io.statesync.policy.Durations;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the ledger knows of the data's age, without a limit of it. Immutable; the ledger's field is volatile. */
class LedgerFreshness implements Freshness {

    final Engine<?> engine;

    private LedgerFreshness(Engine<?> engine) {
        this.engine = engine;
    }

    static Freshness of(Engine<?> engine, @Nullable Duration limit) {
        return limit == null ? new LedgerFreshness(engine) : new Limited(engine, limit, engine.effects.now());
    }

    @Override
    public @Nullable Duration age() {
        return engine.ledger.age(engine.effects.now());
    }

    @Override
    public boolean limited() {
        return false;
    }

    @Override
    public @Nullable RefreshCause causeOfThisApply() {
        Optional<RefreshCause> cause =
                engine.locked(() -> Optional.ofNullable(engine.slot.applying()).map(round -> round.cause));
        return cause.orElse(null);
    }

    @Override
    public void require() {
        // there is no limit
    }

    /** The age, held against a limit. */
    private static final class Limited extends LedgerFreshness {

        private final Duration limit;
        private final long nanos;
        /** From when on it counts if nothing was found current since. */
        private final long since;

        Limited(Engine<?> engine, Duration limit, long since) {
            super(engine);
            this.limit = limit;
            this.nanos = Durations.nanos(limit);
            this.since = since;
        }

        @Override
        public boolean limited() {
            return true;
        }

        @Override
        public Freshness ofThisApply() {
            long fetched = engine.ledger.applyingSinceOr(since);
            return fetched == since ? this : new Limited(engine, limit, fetched);
        }

        @Override
        public void require() {
            if (engine.effects.now() - engine.ledger.confirmedSince(since) > nanos) {
                throw new StaleStateException(engine.topic, age(), limit);
            }
        }
    }
}
