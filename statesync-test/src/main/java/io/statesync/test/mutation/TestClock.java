package io.statesync.test.mutation;

import io.statesync.test.ManualExecutor;
import io.statesync.test.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that stands still until a test moves it. */
public final class TestClock implements InstantSource {

    private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");

    final ManualScheduler scheduler = new ManualScheduler();
    private final ManualExecutor threads;

    TestClock(ManualExecutor threads) {
        this.threads = threads;
    }

    /** Moves the time; what becomes due on the way is done at its moment, with all that follows from it. */
    public void advance(Duration time) {
        threads.runAll();
        Duration left = time;
        for (Duration next = scheduler.untilNext();
                next != null && next.compareTo(left) <= 0;
                next = scheduler.untilNext()) {
            scheduler.advance(next);
            left = left.minus(next.isNegative() ? Duration.ZERO : next);
            threads.runAll();
        }
        scheduler.advance(left);
    }

    /** The date; the first is the beginning of 2025. */
    @Override
    public Instant instant() {
        return BEGIN.plusNanos(scheduler.now());
    }
}
