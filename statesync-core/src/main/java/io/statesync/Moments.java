package io.statesync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the source was heard of, in nanoseconds of the scheduler. Guarded by the engine's lock; what is volatile is also read
 * without it. The ledger extends it: with ten thousand topics an object for each idea is too many.
 */
abstract class Moments {

    private static final long NEVER = Long.MIN_VALUE;

    /** When the local revision was last found current. */
    private volatile long confirmedAt = NEVER;

    /** When the fetch began whose snapshot is being applied. */
    private volatile long applyingSince = NEVER;

    private long answeredAt = NEVER;

    final void confirmed(long at) {
        confirmedAt = moment(at);
    }

    final void applyingSince(long at) {
        applyingSince = moment(at);
    }

    final void notApplying() {
        applyingSince = NEVER;
    }

    /** The source answered; what became of the answer is told later. */
    final void heardFromSource(long now) {
        answeredAt = moment(now);
    }

    /** Whether the source has not answered for so long, or never did. */
    final boolean silentFor(long nanos, long now) {
        return answeredAt == NEVER || now - answeredAt > nanos;
    }

    /** Since the local revision was last found current; null if never. Without the lock: one volatile read. */
    final @Nullable Duration age(long now) {
        long at = confirmedAt;
        return at == NEVER ? null : Duration.ofNanos(Math.max(0, now - at));
    }

    /** When the local revision was last found current, if that was after the given time. Without the lock: one volatile read. */
    final long confirmedSince(long otherwise) {
        long at = confirmedAt;
        return at == NEVER || at - otherwise < 0 ? otherwise : at;
    }

    /** When the fetch began whose snapshot is being applied; else the given time. Without the lock: one volatile read. */
    final long applyingSinceOr(long otherwise) {
        long at = applyingSince;
        return at == NEVER ? otherwise : at;
    }

    /* The origin of time is arbitrary, so the clock may show the mark: a nanosecond does no harm. */
    private static long moment(long at) {
        return at == NEVER ? at + 1 : at;
    }
}
