package io.statesync.policy;

import java.time.Duration;

/**
 * How often demand may lead to work (E13). The last demand is never lost. Immutable.
 *
 * @param debounce run only after this long without a further demand; zero: do not wait
 * @param maxWait the longest that a debounce may hold back the first demand; zero if there is no debounce
 * @param throttle run at most once in this time; zero: no limit
 * @param leading whether the first demand runs at once when no window is open
 */
public record Throttling(Duration debounce, Duration maxWait, Duration throttle, boolean leading) {

    /** Every demand runs at once. */
    public static final Throttling NONE = new Throttling(Duration.ZERO, Duration.ZERO, Duration.ZERO, true);

    private static final int DEFAULT_MAX_WAIT_FACTOR = 10;

    public Throttling {
        Durations.notNegative("debounce", debounce);
        Durations.notNegative("throttle", throttle);
        Durations.notNegative("maxWait", maxWait);
        if (debounce.isZero() && !maxWait.isZero()) {
            throw new IllegalArgumentException(
                    "maxWait (" + maxWait + ") limits a debounce: set debounce, or leave it out");
        }
        if (!debounce.isZero() && maxWait.compareTo(debounce) < 0) {
            throw new IllegalArgumentException(
                    "maxWait (" + maxWait + ") must not be shorter than debounce (" + debounce + ")");
        }
        if (!leading && throttle.isZero()) {
            throw new IllegalArgumentException(
                    "leading = false needs a throttle: without one there is no edge to leave out");
        }
    }

    /** Waits for silence, at most ten times as long as the silence. */
    public static Throttling debounce(Duration silence) {
        return NONE.withDebounce(silence);
    }

    /** At most one run per window: at once, and once more at its end if there was further demand. */
    public static Throttling throttle(Duration window) {
        return NONE.withThrottle(window);
    }

    /** Adds a debounce; {@code maxWait} becomes ten times as long. */
    public Throttling withDebounce(Duration silence) {
        Durations.notNegative("debounce", silence);
        return new Throttling(silence, silence.multipliedBy(DEFAULT_MAX_WAIT_FACTOR), throttle, leading);
    }

    /** Changes how long a debounce may hold back the first demand. */
    public Throttling withMaxWait(Duration longest) {
        return new Throttling(debounce, longest, throttle, leading);
    }

    /** Adds a window in which at most one run happens. */
    public Throttling withThrottle(Duration window) {
        return new Throttling(debounce, maxWait, window, leading);
    }

    /**
     * Chooses the edges of the throttle window.
     *
     * @throws IllegalArgumentException without the trailing edge: the last demand would be lost
     */
    public Throttling withEdges(boolean leadingEdge, boolean trailingEdge) {
        if (!trailingEdge) {
            throw new IllegalArgumentException(
                    "a throttle without its trailing edge would lose the last demand: leave trailing on");
        }
        return new Throttling(debounce, maxWait, throttle, leadingEdge);
    }
}
