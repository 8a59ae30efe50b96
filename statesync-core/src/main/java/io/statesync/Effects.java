package io.statesync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All that the engine does to the world (E15). Never called under its lock, but for {@link #now}; what must come back comes
 * back as a call on the engine's {@link LifeCycle} or {@link Slot}. A simulation plays the world on one thread.
 */
interface Effects<T> {

    /** The time of the {@link io.statesync.policy.Scheduler}, in nanoseconds. */
    long now();

    /** Which newer events lead to a fetch; foreign code, called under no lock. */
    InvalidationFilter filter();

    /** Comes back as {@link LifeCycle#subscribed} or {@link LifeCycle#subscribeFailed}. */
    void subscribe(EventIntake intake);

    /** Closes the token's subscription, now or when it comes; what that throws is added to {@code cause}, or reported. */
    void unsubscribe(Token token, @Nullable Throwable cause);

    /** Comes back as {@link Slot#fetched} or {@link Slot#failed}. */
    void fetch(Round<T> round);

    /** Comes back as {@link Slot#applied} or {@link Slot#failed}. A fetched snapshot is applied on this thread. */
    void apply(Round<T> round);

    /** Runs an effect that a timer brought about, off the timer's thread. */
    void elsewhere(Effect effect);

    /** Comes back as {@link Slot#wake}; an earlier one may come back too. */
    void wakeIn(Wake wake, Duration delay);

    /** This one is not waited for any more; a later life may wait for another already. */
    void noWake(Wake wake);

    /** Comes back as {@link Slot#timedOut} unless the round's limit is lifted before. */
    void limitFetch(Round<T> round);

    /** Comes back as {@link LifeCycle#giveUp} unless the round's limit is lifted before. */
    void limitApply(Round<T> round);

    /** The round has no time limit any more. */
    void unlimit(Round<T> round);

    /** The sync began or ceased to want the probe's answers. */
    void probing();
}
