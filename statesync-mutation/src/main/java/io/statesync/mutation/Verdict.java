package io.statesync.mutation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a transaction whose attempt failed. Immutable.
 *
 * @param retry whether it is tried again, as long as there are attempts left
 * @param after how long to wait at least; null: as the back-off says
 * @param error what to record in place of what was thrown; null: that
 */
public record Verdict(
        boolean retry, @Nullable Duration after, @Nullable Throwable error) {

    /** Tries again after the back-off. */
    public static final Verdict RETRY = new Verdict(true, null, null);

    /** Gives up at once. */
    public static final Verdict FAIL = new Verdict(false, null, null);

    /** Tries again, and not before this time, or the back-off if that is longer, has passed. */
    public static Verdict retryAfter(Duration wait) {
        return new Verdict(true, wait, null);
    }

    /** The same verdict, with another error to be recorded. */
    public Verdict withError(Throwable recorded) {
        return new Verdict(retry, after, recorded);
    }
}
