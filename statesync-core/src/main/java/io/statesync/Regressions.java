package io.statesync;

import io.statesync.policy.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are older than the local revision: counts them, and decides when one is believed (E11). Immutable, so that
 * topics that never had one share it.
 *
 * @param apart how far apart two equal answers must be; null: an older answer is never believed
 * @param count how often an older answer came and was not believed
 * @param suspect the answer that may be believed when it comes again; mostly there is none
 */
record Regressions(
        @Nullable Duration apart, long count, @Nullable Suspect suspect) {

    /** None so far, and none is believed. */
    static final Regressions IGNORED = new Regressions(null, 0, null);

    /** None so far; believed if it comes again after so long. */
    static Regressions acceptedAfter(Duration apart) {
        return new Regressions(apart, 0, null);
    }

    /** The source answered with this older revision: whether to believe it now. */
    boolean believes(long bits, long announced, long now) {
        Suspect known = suspect;
        return apart != null
                && known != null
                && known.is(bits, announced)
                && now - known.since >= Durations.nanos(apart);
    }

    /** It is not believed, and will be remembered if that can change. */
    Regressions suspecting(long bits, long announced, long now) {
        return apart == null || (suspect != null && suspect.is(bits, announced))
                ? this
                : new Regressions(apart, count, new Suspect(bits, announced, now));
    }

    /** It was not believed. */
    Regressions counted() {
        return new Regressions(apart, count + 1, suspect);
    }

    /** The source answered something else, or the older answer was taken. */
    Regressions settled() {
        return suspect == null ? this : new Regressions(apart, count, null);
    }

    /** An older answer, with what was announced when it came first. */
    record Suspect(long bits, long announced, long since) {

        private boolean is(long otherBits, long otherAnnounced) {
            return bits == otherBits && announced == otherAnnounced;
        }
    }
}
