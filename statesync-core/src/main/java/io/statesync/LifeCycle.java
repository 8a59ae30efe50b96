package io.statesync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Start and stop (DESIGN 4.2, steps 9 and 10). Every field is guarded by the engine's lock; methods that return an {@link
 * Effect} are called under it, the others take it.
 */
final class LifeCycle<T> {

    private final Engine<T> engine;

    private Phase phase = Phase.NEW;
    private @Nullable Starting starting;
    private List<SyncFuture<Void>> waitingForQuiet = List.of();
    private @Nullable SyncErrorContext lastError;
    private @Nullable SyncErrorContext startError;
    private boolean startFailed;

    /** The live subscription; volatile for the probe. */
    private volatile @Nullable EventIntake token;

    LifeCycle(Engine<T> engine) {
        this.engine = engine;
    }

    // ---- what others ask

    /** Without the lock: one volatile read. */
    boolean holds(Token candidate) {
        return candidate.live();
    }

    /** From now on this subscription is heard, and no other; null: none. */
    private void hold(@Nullable EventIntake next) {
        Token.follow(token, next, engine.ledger.local());
        token = next;
    }

    /** The applied revision is another one. */
    void moved() {
        Token.tell(token, engine.ledger.local());
    }

    /** Without the lock: one volatile read. */
    boolean subscribed() {
        return token != null;
    }

    boolean open() {
        return phase.open();
    }

    boolean live() {
        return phase.live();
    }

    boolean running() {
        return phase == Phase.RUNNING;
    }

    /** Whether the start that is under way depends on a round with these callers. */
    boolean startsWith(List<SyncFuture<Revision>> callers) {
        return starting != null && callers.contains(starting.refreshed);
    }

    @Nullable
    SyncErrorContext lastError() {
        return startFailed ? startError : lastError;
    }

    /** A round ended: with this error, or with none. */
    void note(@Nullable SyncErrorContext error) {
        lastError = error;
    }

    SyncState state(boolean liveData) {
        return switch (phase) {
            case STOPPED, CLOSED -> SyncState.STOPPED;
            case NEW -> startFailed ? SyncState.FAILED : dataOr(SyncState.STARTING, SyncState.STALE);
            case STARTING -> dataOr(SyncState.STARTING, SyncState.STALE);
            case RUNNING -> dataOr(SyncState.STARTING, liveData ? SyncState.LIVE : SyncState.STALE);
        };
    }

    private SyncState dataOr(SyncState without, SyncState with) {
        return engine.ledger.primed() ? with : without;
    }

    CancellationException stopped() {
        return new CancellationException("the sync of topic \"" + engine.topic + "\" was stopped");
    }

    // ---- start

    void start(SyncFuture<Void> caller) {
        engine.step(() -> switch (phase) {
            case CLOSED ->
                fail(caller, new IllegalStateException("the sync of topic \"" + engine.topic + "\" is closed"));
            case RUNNING -> () -> caller.complete(null);
            case STARTING -> joinStart(caller);
            case NEW, STOPPED -> beginStart(caller);
        });
    }

    private Effect joinStart(SyncFuture<Void> caller) {
        if (starting != null) {
            starting.callers.add(caller);
        }
        return Effect.NONE;
    }

    private Effect beginStart(SyncFuture<Void> caller) {
        Round<T> applying = engine.slot.applying();
        if (applying != null && applying.givenUp) {
            IllegalStateException error = Reports.applierStillRuns(engine.topic);
            // a start that failed, not a stop: whoever starts it again and again goes on
            phase = Phase.NEW;
            startFailed = true;
            Effect reported = report(SyncPhase.START, error);
            startError = lastError;
            return reported.then(fail(caller, error));
        }
        Starting begun = new Starting(new EventIntake(engine), engine.future());
        begun.callers.add(caller);
        begun.refreshed.whenComplete((revision, error) -> refreshed(begun, error));
        phase = Phase.STARTING;
        startFailed = false;
        starting = begun;
        return () -> engine.effects.subscribe(begun.token);
    }

    /** The transport confirmed the subscription. */
    void subscribed(EventIntake active) {
        engine.step(() -> {
            Starting now = starting;
            if (now == null || now.token != active) {
                return Effect.NONE;
            }
            hold(active);
            engine.ledger.linkUp();
            Effect probing = engine.effects::probing;
            return probing.then(engine.fetchFor(RefreshCause.START, now.refreshed));
        });
    }

    /** There will be no subscription. */
    void subscribeFailed(Token refused, SyncPhase why, Throwable error) {
        engine.step(() -> {
            Starting now = starting;
            return now == null || now.token != refused ? Effect.NONE : abort(now, why, error);
        });
    }

    /** The start's own refresh has ended. */
    private void refreshed(Starting done, @Nullable Throwable error) {
        engine.step(() -> {
            if (starting != done) {
                return Effect.NONE;
            }
            if (error != null) {
                return abort(done, null, error);
            }
            starting = null;
            phase = Phase.RUNNING;
            Effect pumped = engine.slot.pump();
            return pumped.then(() -> done.callers.forEach(caller -> caller.complete(null)));
        });
    }

    /** The initiator does not want it any more; a mere joiner cannot cancel it. */
    void cancelStart(SyncFuture<Void> caller, InterruptedException cause) {
        engine.step(() -> {
            Starting now = starting;
            if (now == null || now.callers.get(0) != caller) {
                return Effect.NONE;
            }
            CancellationException cancelled =
                    new CancellationException("the start of topic \"" + engine.topic + "\" was interrupted");
            cancelled.initCause(cause);
            Effect aborted = abort(now, SyncPhase.START, cancelled);
            return engine.slot.withdraw(now.refreshed, cancelled).then(aborted);
        });
    }

    /** The start fails: everything is as before. A phase is given if nobody has reported the error yet. */
    private Effect abort(Starting failed, @Nullable SyncPhase why, Throwable error) {
        starting = null;
        hold(null);
        phase = Phase.NEW;
        startFailed = true;
        engine.ledger.unlink();
        engine.ledger.demand.clear();
        engine.ledger.demand.rest();
        Effect cleanUp = () -> {
            engine.effects.probing();
            engine.effects.unsubscribe(failed.token, error);
        };
        Effect reported = why == null ? Effect.NONE : report(why, error);
        startError = lastError;
        return cleanUp.then(reported).then(Engine.fail(failed.callers, error));
    }

    // ---- stop

    void stop(boolean forGood, SyncFuture<Void> caller, Thread thread) {
        engine.step(() -> {
            boolean already = !phase.open();
            phase = forGood || phase == Phase.CLOSED ? Phase.CLOSED : Phase.STOPPED;
            Effect effect = already ? Effect.NONE : shut();
            return effect.then(waitForQuiet(caller, thread));
        });
    }

    private Effect shut() {
        CancellationException stopped = stopped();
        Starting cancelled = starting;
        EventIntake old = cancelled == null ? token : cancelled.token;
        hold(null);
        starting = null;
        engine.ledger.halt();
        Effect effect = engine.effects::probing;
        if (old != null) {
            effect = effect.then(() -> engine.effects.unsubscribe(old, null));
        }
        effect = effect.then(engine.slot.halt(stopped));
        return cancelled == null
                ? effect
                : effect.then(report(SyncPhase.START, stopped)).then(Engine.fail(cancelled.callers, stopped));
    }

    private Effect waitForQuiet(SyncFuture<Void> caller, Thread thread) {
        Round<T> applying = engine.slot.applying();
        if (applying == null || applying.givenUp || applying.runner == thread) {
            return () -> caller.complete(null);
        }
        waitingForQuiet = waitingForQuiet.isEmpty() ? new ArrayList<>(2) : waitingForQuiet;
        waitingForQuiet.add(caller);
        return waitingForQuiet.size() > 1 ? Effect.NONE : () -> engine.effects.limitApply(applying);
    }

    /** The apply that stops waited for has ended. */
    Effect quiet() {
        List<SyncFuture<Void>> waiting = waitingForQuiet;
        waitingForQuiet = List.of();
        return waiting.isEmpty() ? Effect.NONE : () -> waiting.forEach(stop -> stop.complete(null));
    }

    /** The apply did not end in time: the stops return, the slot stays taken. */
    void giveUp(Round<T> round, Duration stopTimeout) {
        engine.step(() -> {
            if (engine.slot.applying() != round || round.givenUp) {
                return Effect.NONE;
            }
            round.givenUp = true;
            round.interrupt();
            Effect reported = report(SyncPhase.APPLY, Reports.applierHangs(engine.topic, stopTimeout));
            Effect effect = reported.then(Engine.fail(round.callers, stopped()));
            Starting waiting = starting;
            if (waiting != null) {
                effect = effect.then(abort(waiting, SyncPhase.START, Reports.applierStillRuns(engine.topic)));
            }
            return effect.then(quiet());
        });
    }

    private Effect report(SyncPhase why, Throwable error) {
        SyncErrorContext context =
                SyncErrorContext.of(why, engine.topic, error).withLocalRevision(new Revision(engine.ledger.local()));
        lastError = context;
        return () -> engine.observers.error(context);
    }

    private static Effect fail(SyncFuture<Void> caller, Throwable error) {
        return () -> caller.completeExceptionally(error);
    }

    /** A start on its way: its subscription, its own refresh, and who waits for it, the initiator first. */
    private static final class Starting {

        final EventIntake token;
        final List<SyncFuture<Void>> callers = new ArrayList<>();
        final SyncFuture<Revision> refreshed;

        Starting(EventIntake token, SyncFuture<Revision> refreshed) {
            this.token = token;
            this.refreshed = refreshed;
        }
    }
}
