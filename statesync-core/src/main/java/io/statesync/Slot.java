package io.statesync;

import io.statesync.Round.Stage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The topic's one slot for a fetch or an apply, and the steps of the round in it (DESIGN 4.2, steps 4 to 8). Every field is
 * guarded by the engine's lock; methods that return an {@link Effect} are called under it, the others take it.
 */
final class Slot<T> extends Callers<T> {

    private final Engine<T> engine;
    private final Ledger ledger;
    private final Effects<T> effects;

    private @Nullable Round<T> round;
    private @Nullable Wake wake;

    Slot(Engine<T> engine, Ledger ledger, Effects<T> effects) {
        this.engine = engine;
        this.ledger = ledger;
        this.effects = effects;
    }

    boolean busy() {
        return round != null;
    }

    /** The round whose applier runs now. */
    @Nullable
    Round<T> applying() {
        return round != null && round.stage == Stage.APPLYING && round.runner != null ? round : null;
    }

    // ---- beginning

    /** Begins what is due, if the slot is free. */
    Effect pump() {
        if (round != null || !engine.lifeCycle.open()) {
            return Effect.NONE;
        }
        SnapshotEnvelope<T> offered = requests().offered();
        if (offered != null) {
            return beginOffer(offered);
        }
        if (requests().fetchCause() != null) {
            return beginFetch(requests().fetchCause());
        }
        if (!engine.lifeCycle.running() || !ledger.wantsFetch()) {
            return Effect.NONE;
        }
        long now = effects.now();
        long wait = ledger.demand.waitNanos(now);
        return wait <= 0 ? beginFetch(null) : wakeAt(now + wait, wait);
    }

    private Effect beginOffer(SnapshotEnvelope<T> envelope) {
        List<SyncFuture<Revision>> callers = takeOfferers();
        if (!ledger.admits(envelope.revision().bits())) {
            return pump().then(engine.complete(callers));
        }
        Round<T> begun = new Round<>(RefreshCause.OFFER, callers, effects.now(), ledger, envelope);
        round = begun;
        return () -> effects.apply(begun);
    }

    private Effect beginFetch(@Nullable RefreshCause explicit) {
        List<SyncFuture<Revision>> callers = takeFetchers();
        long now = effects.now();
        RefreshCause cause = ledger.demand.consume(explicit, now);
        Round<T> begun = new Round<>(cause, callers, now, ledger, null);
        round = begun;
        if (tooManyLinger()) {
            Throwable hanging = Reports.hanging(engine.topic, lingering());
            Effect settled = settle(begun, Ending.of(SyncPhase.GET_SNAPSHOT, hanging, 0));
            // this may be the timer's thread, which runs no foreign code (E16)
            return () -> effects.elsewhere(settled);
        }
        return () -> {
            effects.limitFetch(begun);
            effects.fetch(begun);
        };
    }

    private Effect wakeAt(long at, long wait) {
        if (wake != null && wake.at - at <= 0) {
            return Effect.NONE;
        }
        Wake next = new Wake(at);
        wake = next;
        return () -> effects.wakeIn(next, Duration.ofNanos(wait));
    }

    /** The timer elapsed: looks again. */
    void wake(Wake elapsed) {
        engine.step(() -> {
            wake = wake == elapsed ? null : wake;
            return pump();
        });
    }

    /** The timer was refused: the demand stays, and the next occasion will meet it. */
    void wakeRefused(Wake refused) {
        engine.step(() -> {
            wake = wake == refused ? null : wake;
            return Effect.NONE;
        });
    }

    // ---- foreign code

    /** The thread is about to run foreign code for the round; false if it must not any more. */
    boolean enter(Round<T> entering, Stage stage, Thread runner) {
        return engine.locked(() -> {
            boolean current = round == entering && entering.stage == stage;
            if (current) {
                entered(entering, runner);
            }
            return current;
        });
    }

    /** The thread has left the provider. */
    void leave(Round<T> leaving) {
        engine.step(() -> {
            left(leaving);
            return Effect.NONE;
        });
    }

    /** The provider answered: a snapshot, or null for "not modified". */
    void fetched(Round<T> fetched, @Nullable SnapshotEnvelope<T> snapshot) {
        engine.step(() -> {
            if (!isFetching(fetched)) {
                return Effect.NONE;
            }
            ledger.heardFromSource(effects.now());
            fetched.snapshot = snapshot;
            RefreshOutcome outcome = snapshot == null ? RefreshOutcome.NOT_MODIFIED : judge(snapshot.revision());
            if (outcome != RefreshOutcome.APPLIED) {
                return unlimited(fetched).then(settle(fetched, Ending.of(outcome)));
            }
            fetched.stage = Stage.APPLYING;
            ledger.applying(fetched);
            return unlimited(fetched).then(() -> effects.apply(fetched));
        });
    }

    private RefreshOutcome judge(Revision revision) {
        boolean overtaken = requests().overtake(revision);
        if (ledger.admits(revision.bits())) {
            // a first snapshot is applied even so: a start must not succeed without data
            return overtaken && ledger.primed() ? RefreshOutcome.OVERTAKEN : RefreshOutcome.APPLIED;
        }
        if (revision.bits() == ledger.local()) {
            return RefreshOutcome.UNCHANGED;
        }
        if (overtaken) {
            return RefreshOutcome.OVERTAKEN;
        }
        boolean believed = ledger.believesRegression(revision.bits(), effects.now());
        return believed ? RefreshOutcome.APPLIED : RefreshOutcome.REGRESSED;
    }

    /** The provider failed, the executor refused the round, or anything else that ends it in its present stage. */
    void failed(Round<T> failed, SyncPhase phase, Throwable error, int attempt) {
        engine.step(() -> round == failed && failed.stage != Stage.REPORTING
                ? unlimited(failed).then(settle(failed, Ending.of(phase, error, attempt)))
                : Effect.NONE);
    }

    /** The fetch takes too long: it is left alone, and its late result will be dropped. On the timer's thread. */
    void timedOut(Round<T> late, Duration fetchTimeout) {
        engine.step(() -> {
            if (!isFetching(late)) {
                return Effect.NONE;
            }
            abandon(late);
            Throwable error = Reports.tooLate(engine.topic, fetchTimeout);
            Effect settled = settle(late, Ending.of(SyncPhase.GET_SNAPSHOT, error, 1));
            return () -> effects.elsewhere(settled);
        });
    }

    private boolean isFetching(Round<T> candidate) {
        return round == candidate && candidate.stage == Stage.FETCHING;
    }

    /** The thread has left the applier, which took the snapshot or failed. What it achieved counts, also after a stop. */
    void applied(Round<T> applied, SnapshotEnvelope<T> snapshot, @Nullable Throwable error) {
        engine.step(() -> {
            // in one step with what was achieved: a stop in between would take the apply for one that never began
            left(applied);
            Thread.interrupted();
            Effect quiet = unlimited(applied).then(engine.lifeCycle.quiet());
            if (error != null) {
                ledger.notApplied();
                return quiet.then(settle(applied, Ending.of(SyncPhase.APPLY, error, 1)));
            }
            applied.answered = ledger.applied(applied, snapshot.revision().bits());
            engine.lifeCycle.moved();
            return quiet.then(settle(applied, Ending.of(RefreshOutcome.APPLIED)));
        });
    }

    private Effect unlimited(Round<T> done) {
        return () -> effects.unlimit(done);
    }

    // ---- ending

    /** The round's work is over; the effect reports it and frees the slot. */
    private Effect settle(Round<T> ended, Ending ending) {
        ended.stage = Stage.REPORTING;
        ended.ending = ending;
        long now = effects.now();
        boolean failed = ending.error() != null;
        Revision dropped = null;
        if (ended.isFetch()) {
            ledger.settled(ended, ending.outcome());
            dropped = failed ? null : ledger.deniedForTooLong(ended.answer(ledger), now);
        }
        Duration nextDelay = plan(ended, ending, now);
        SyncErrorContext context = Reports.failure(engine.topic, ledger, ended, ending, nextDelay);
        engine.lifeCycle.note(context);
        RefreshReport report = Reports.ended(engine.topic, ledger, ended, ending.outcome());
        return engine.dropped(dropped).then(() -> finish(ended, report, context));
    }

    /** Plans what follows from how the round ended; returns the delay of the catch-up, null if there is none. */
    private @Nullable Duration plan(Round<T> ended, Ending ending, long now) {
        boolean failed = ending.error() != null;
        boolean live = engine.lifeCycle.live();
        Duration again = ending.outcome() == RefreshOutcome.REGRESSED ? ledger.regressed() : null;
        if (live && (failed || ledger.lagging(ended))) {
            boolean freshLink = ended.epochAtStart != ledger.epoch();
            Duration delay = ledger.demand.failed(ending.error(), freshLink, now);
            // a start that fails ends with its error, and what nobody lacks is not fetched: no promise that is not kept
            return failed && (engine.lifeCycle.startsWith(ended.callers) || !ledger.wantsFetch()) ? null : delay;
        }
        if (live && ended.isFetch()) {
            ledger.demand.rest();
            ledger.demand.again(again, now);
        }
        return null;
    }

    private void finish(Round<T> ended, RefreshReport report, @Nullable SyncErrorContext context) {
        reporting(Thread.currentThread());
        engine.observers.ended(report, context);
        ended.over();
        engine.step(() -> {
            round = null;
            reporting(null);
            Effect pumped = pump();
            Effect told =
                    context == null ? engine.complete(ended.callers) : Engine.fail(ended.callers, context.error());
            return pumped.then(told).then(engine.answerWaiters());
        });
    }

    /** A stop, with the phase already shut: takes everything back that the applier has not begun with (step 10). */
    Effect halt(CancellationException stopped) {
        Wake former = wake;
        wake = null;
        Effect effect = former == null ? Effect.NONE : () -> effects.noWake(former);
        if (round != null
                && (round.stage == Stage.FETCHING || (round.stage == Stage.APPLYING && round.runner == null))) {
            effect = effect.then(drop(round, stopped));
        }
        return effect.then(Engine.fail(takeFetchers(), stopped))
                .then(engine.complete(takeOfferers()))
                .then(cancelWaiters(stopped));
    }

    private Effect drop(Round<T> dropped, CancellationException stopped) {
        abandon(dropped);
        round = null;
        Effect told = dropped.isFetch() ? Engine.fail(dropped.callers, stopped) : engine.complete(dropped.callers);
        return told.then(unlimited(dropped));
    }

    /** Takes back the fetch that only this caller waits for. */
    Effect withdraw(SyncFuture<Revision> caller, CancellationException cancelled) {
        withdraw(caller);
        Round<T> running = round;
        if (running != null && running.stage == Stage.FETCHING && running.callers.equals(List.of(caller))) {
            return drop(running, cancelled).then(pump());
        }
        return Effect.NONE;
    }
}
