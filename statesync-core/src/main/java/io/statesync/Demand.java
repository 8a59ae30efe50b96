package io.statesync;

import io.statesync.policy.Backoff;
import io.statesync.policy.Durations;
import io.statesync.policy.RetryAfter;
import io.statesync.policy.ThrottleWindow;
import io.statesync.policy.Throttling;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody wants a fetch, and when it may begin: throttling (E13), back-off after failures (E5). Guarded by the
 * engine's lock.
 */
final class Demand {

    private final @Nullable Backoff catchUp;
    /** Null: nothing is throttled. */
    private final @Nullable ThrottleWindow throttle;

    private @Nullable RefreshCause cause;
    private boolean urgent;
    private int failures;
    private @Nullable Long notBefore;

    Demand(@Nullable Backoff catchUp, Throttling throttling) {
        this.catchUp = catchUp;
        this.throttle = throttling.equals(Throttling.NONE) ? null : new ThrottleWindow(throttling);
    }

    boolean present() {
        return cause != null;
    }

    /** Adds a demand that waits for the throttling; whether it joined one that waited already. */
    boolean addThrottled(RefreshCause why, long now) {
        if (throttle != null) {
            throttle.trigger(now);
        }
        return add(why);
    }

    /** Adds a demand that waits for a back-off alone. */
    void addUrgent(RefreshCause why) {
        urgent = true;
        add(why);
    }

    private boolean add(RefreshCause why) {
        boolean joined = cause != null;
        cause = joined ? cause : why;
        return joined;
    }

    void clear() {
        cause = null;
        urgent = false;
        if (throttle != null) {
            throttle.clear();
        }
    }

    /** How long the demand has to wait; zero or less: it may begin. */
    long waitNanos(long now) {
        long wait = notBefore == null ? 0 : notBefore - now;
        return urgent || throttle == null || !throttle.pending() ? wait : Math.max(wait, throttle.due() - now);
    }

    /** A fetch begins, asked for explicitly or by this demand: it answers every demand up to now. */
    RefreshCause consume(@Nullable RefreshCause explicit, long now) {
        RefreshCause why = explicit != null ? explicit : cause == null ? RefreshCause.CATCH_UP : cause;
        if (explicit == null && !urgent && throttle != null && throttle.pending()) {
            throttle.ran(now);
        }
        clear();
        return why;
    }

    /** A round failed or brought too old a snapshot; returns the delay of the catch-up, null if there is none. */
    @Nullable
    Duration failed(@Nullable Throwable error, boolean freshLink, long now) {
        failures++;
        Duration planned = catchUp == null ? Duration.ZERO : catchUp.delay(failures);
        Duration delay = error == null ? planned : RetryAfter.atLeast(planned, error);
        // what failed over the old link says nothing of the new one
        Duration wait = freshLink ? Duration.ZERO : delay;
        notBefore = wait.isZero() ? null : (Long) (now + Durations.nanos(wait));
        if (catchUp == null) {
            return null;
        }
        addUrgent(RefreshCause.CATCH_UP);
        return wait;
    }

    /** Looks again after a while, to see whether the source stays by what it said; null: not for that. */
    void again(@Nullable Duration delay, long now) {
        if (delay != null && catchUp != null) {
            notBefore = now + Durations.nanos(delay);
            addUrgent(RefreshCause.CATCH_UP);
        }
    }

    /** Nothing is wrong (any more). */
    void rest() {
        failures = 0;
        notBefore = null;
    }

    int failures() {
        return failures;
    }

    @Nullable
    Duration nextAttempt(long now) {
        return cause == null || notBefore == null ? null : Duration.ofNanos(Math.max(0, notBefore - now));
    }
}
