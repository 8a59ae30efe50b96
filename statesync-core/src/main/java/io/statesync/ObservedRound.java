package io.statesync;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The {@link RoundScope} of one round behind a guard (E7). Used by the thread that began it; others may ask it to end, which
 * they leave to that thread.
 */
final class ObservedRound {

    private final Thread thread = Thread.currentThread();
    private final Observers observers;
    private final RoundScope scope;
    private boolean ended;

    private ObservedRound(Observers observers, RoundScope scope) {
        this.observers = observers;
        this.scope = scope;
    }

    /** Null if the observer failed. */
    static @Nullable ObservedRound begin(RoundObserver observer, Observers observers, String topic, Round<?> round) {
        try {
            RoundScope scope = observer.begin(topic, round.cause, round.traceparent);
            return new ObservedRound(observers, Objects.requireNonNull(scope, "the observer of a round returned null"));
        } catch (Throwable thrown) {
            observers.failed(thrown);
            return null;
        }
    }

    void applying() {
        observers.guarded(scope::applying);
    }

    void applied(@Nullable Throwable error) {
        observers.guarded(() -> scope.applied(error));
    }

    /** The first call on the own thread counts: the end of the round, or the late return from an abandoned provider. */
    void end(@Nullable Ending ending) {
        if (Thread.currentThread() != thread || ended) {
            return;
        }
        ended = true;
        RefreshOutcome outcome = ending == null ? null : ending.outcome();
        Throwable error = ending == null ? null : ending.error();
        observers.guarded(() -> scope.ended(outcome, error));
    }
}
