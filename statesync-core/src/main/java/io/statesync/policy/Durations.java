package io.statesync.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations that users may set: checked once, with a message that names the setting. */
public final class Durations {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 4);

    private Durations() {}

    /**
     * Returns the duration if it is longer than zero.
     *
     * @throws IllegalArgumentException if it is not; the message names the setting
     */
    public static Duration positive(String setting, @Nullable Duration duration) {
        if (duration == null || duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(setting + " must be longer than zero, got " + duration);
        }
        return duration;
    }

    /**
     * Returns the duration if it is zero or longer.
     *
     * @throws IllegalArgumentException if it is not; the message names the setting
     */
    public static Duration notNegative(String setting, @Nullable Duration duration) {
        if (duration == null || duration.isNegative()) {
            throw new IllegalArgumentException(setting + " must not be negative, got " + duration);
        }
        return duration;
    }

    /** The duration in nanoseconds; what is longer than 73 years counts as 73 years, so that sums do not overflow. */
    public static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : duration.toNanos();
    }
}
