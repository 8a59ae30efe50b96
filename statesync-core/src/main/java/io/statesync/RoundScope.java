package io.statesync;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link RoundObserver} has open around one round. Every method is called on the thread that began the round, never
 * under a lock; what it throws is logged and harms nobody (E7).
 */
public interface RoundScope {

    /** The applier is called next: the snapshot passed the gate. At most once. */
    void applying();

    /** The applier has returned, or thrown this. Once after {@link #applying()}. */
    void applied(@Nullable Throwable error);

    /**
     * The round is over; the last call, and the only certain one. It comes after the listeners and before the futures and
     * the next round; for a fetch that was abandoned by a time-out or a stop (E2, E9), when its thread comes back.
     *
     * @param outcome how it ended; null if a stop took it back
     * @param error why it failed
     */
    void ended(@Nullable RefreshOutcome outcome, @Nullable Throwable error);
}
