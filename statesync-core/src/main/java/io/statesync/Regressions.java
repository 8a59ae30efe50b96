package io.statesync;

import io.statesync.policy.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Answers that are older than the local revision: counts them, and decides when one is believed (E11). Guarded by the engine's lock. */
final class Regressions {

    /** How far apart two equal answers must be; null: an older answer is never believed. */
    private final @Nullable Duration apart;

    private long count;

    /** Mostly there is none. */
    private @Nullable Suspect suspect;

    Regressions(@Nullable Duration apart) {
        this.apart = apart;
    }

    long count() {
        return count;
    }

    /** The source answered with this older revision: whether to believe it now. */
    boolean believes(long bits, long announced, long now) {
        if (apart == null) {
            return false;
        }
        Suspect known = suspect;
        if (known != null && known.bits == bits && known.announced == announced) {
            return now - known.since >= Durations.nanos(apart);
        }
        suspect = new Suspect(bits, announced, now);
        return false;
    }

    /** It was not believed; returns after what delay to ask again, null: not for this. */
    @Nullable
    Duration refused() {
        count++;
        return apart;
    }

    /** The source answered something else, or the older answer was taken. */
    void settled() {
        suspect = null;
    }

    /** An older answer, with what was announced when it came first. */
    private record Suspect(long bits, long announced, long since) {}
}
