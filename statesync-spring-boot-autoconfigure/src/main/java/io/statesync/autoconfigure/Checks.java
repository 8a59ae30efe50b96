package io.statesync.autoconfigure;

import io.statesync.policy.Backoff;
import io.statesync.policy.Durations;
import io.statesync.spring.SetupException;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/** What a value of a property must be: each refusal names the property and says what to write. */
final class Checks {

    private static final Duration LONGEST_IN_MILLIS = Duration.ofMillis(Integer.MAX_VALUE);

    private Checks() {}

    static Duration positive(String property, Duration value) {
        return valid("", "Set it to a duration such as \"30s\".", () -> Durations.positive(property, value));
    }

    static Duration notNegative(String property, Duration value) {
        return valid(
                "", "Set it to a duration such as \"500ms\", or to 0.", () -> Durations.notNegative(property, value));
    }

    /** For what is told to the other side, or to a library, in whole milliseconds. */
    static Duration millis(String property, Duration value) {
        if (value.compareTo(LONGEST_IN_MILLIS) > 0 || value.toMillis() < 1) {
            throw new SetupException(
                    property + " is " + text(value) + ", which is less than a millisecond or more than 24 days.",
                    "Set it to a duration such as \"5s\".");
        }
        return value;
    }

    static int atLeast(int least, String property, int value) {
        if (value < least) {
            throw new SetupException(property + " is " + value + ".", "Set it to " + least + " or more.");
        }
        return value;
    }

    static DataSize size(String property, DataSize value, long most) {
        if (value.toBytes() < 1 || value.toBytes() > most) {
            throw new SetupException(
                    property + " is " + value + ".",
                    "Set it to at least 1B" + (most == Long.MAX_VALUE ? "." : ", and at most " + most + "B."));
        }
        return value;
    }

    /** A back-off that waits: without a delay it would be a storm. */
    static Backoff backoff(String prefix, Duration initial, Duration max) {
        positive(prefix + ".initial", initial);
        positive(prefix + ".max", max);
        return valid(
                prefix + ": ",
                "Set " + prefix + ".initial and .max to durations of which the second is not the shorter one.",
                () -> Backoff.of(initial, max));
    }

    static <T> T valid(String prefix, String action, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new SetupException(prefix + e.getMessage() + ".", action, e);
        }
    }

    /** As one writes it in a property. */
    static String text(Duration value) {
        return DurationStyle.SIMPLE.print(value);
    }
}
