package io.statesync;

import io.statesync.policy.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The engine's books: which revision is applied, which is announced, and whether the source has confirmed it. Knows no
 * threads and no effects. Guarded by the engine's lock; what is volatile is also read without it.
 */
final class Ledger extends Progress {

    final Demand demand;

    private boolean primed;
    /** The next snapshot passes the gate whatever its revision. */
    private boolean forgotten;
    /** How often it was told to forget; a round that began before the last time does not answer that. */
    private int resets;

    private Regressions regressions;

    /** The current subscription's state; and how often it came (back), or the source contradicted what is applied. */
    private boolean connected;

    private boolean unconfirmed = true;
    private int epoch;

    Ledger(Demand demand, Regressions regressions) {
        this.demand = demand;
        this.regressions = regressions;
    }

    // ---- the gate

    boolean primed() {
        return primed;
    }

    /** Whether the gate lets this snapshot through (P4). */
    boolean admits(long bits) {
        return !primed || forgotten || !isStale(bits);
    }

    /** What a fetch may be conditional on: what is applied, unless the gate has forgotten it. */
    @Nullable
    Revision known() {
        return primed && !forgotten ? new Revision(local()) : null;
    }

    /** The snapshot of this fetch is about to be applied, and is as fresh as the fetch. */
    void applying(Round<?> round) {
        applyingSince(round.startedAt);
    }

    /** The snapshot of this round was applied; also after a stop. */
    Announcements.Answered applied(Round<?> round, long bits) {
        boolean wentBack = Revision.isNewer(local(), bits);
        primed = true;
        forgotten &= round.resetsAtStart != resets;
        regressions = regressions.settled();
        Announcements.Answered answered = reached(bits, round);
        if (wentBack) {
            // events between the two revisions were dropped as stale while this round ran
            doubt(RefreshCause.CATCH_UP);
        }
        return answered;
    }

    /** The source answered with a revision older than the local one: true if it is to be applied all the same. */
    boolean believesRegression(long bits, long now) {
        boolean believed = regressions.believes(bits, announced(), now);
        if (believed) {
            forgetGate();
        } else {
            regressions = regressions.suspecting(bits, announced(), now);
        }
        return believed;
    }

    /** An older answer was not believed; returns after what delay to ask again, null: not for this. */
    @Nullable
    Duration regressed() {
        regressions = regressions.counted();
        return regressions.apart();
    }

    /** The snapshot of a round was newer, and could not be applied: the local revision is known not to be current. */
    void notApplied() {
        unconfirmed = true;
    }

    /** A snapshot asked for from now on passes whatever its revision. */
    void reset() {
        resets++;
        forgetGate();
    }

    int resets() {
        return resets;
    }

    /** The next snapshot passes whatever its revision; what was announced is forgotten with it. */
    private void forgetGate() {
        forgotten = true;
        forget(0);
    }

    // ---- what was heard

    int epoch() {
        return epoch;
    }

    /** The probe's answer; whether a fetch is wanted for it. */
    boolean probed(long bits, boolean busy, long now) {
        heardFromSource(now);
        if (!isStale(bits)) {
            found(bits, now);
            demand.addUrgent(RefreshCause.PROBE);
            return true;
        }
        if (primed && bits != local()) {
            doubt(RefreshCause.PROBE);
            return true;
        }
        // while a fetch for a fresh link is due or running, that fetch decides: this answer may be from before
        if (primed && (!unconfirmed || (!demand.present() && !busy))) {
            confirmed(now);
            unconfirmed = false;
        }
        return demand.present();
    }

    private void doubt(RefreshCause cause) {
        epoch++;
        unconfirmed = true;
        demand.addUrgent(cause);
    }

    /** The announced revision that is dropped because the source answers without ever confirming it; null if none. */
    @Nullable
    Revision deniedForTooLong(long answer, long now) {
        if (!denies(answer, now)) {
            return null;
        }
        Revision dropped = new Revision(announced());
        forget(local());
        demand.rest();
        // somebody spoke after this answer was asked for, maybe of a revision below the dropped one
        unconfirmed |= demand.present();
        return dropped;
    }

    // ---- the link

    void linkUp() {
        connected = true;
        unconfirmed = true;
        epoch++;
        demand.rest();
    }

    void linkRestored() {
        linkUp();
        demand.addUrgent(RefreshCause.RECONNECT);
    }

    /** Whether it was up. */
    boolean linkDown() {
        boolean was = connected;
        connected = false;
        return was;
    }

    /** There is no subscription any more. */
    void unlink() {
        connected = false;
        unconfirmed = true;
    }

    /** A stop: what was wanted and heard is forgotten, what was applied stays. */
    void halt() {
        unlink();
        notApplying();
        forget(local());
        demand.clear();
        demand.rest();
    }

    // ---- demand and answers

    /** Whether somebody wants a fetch that would tell something new; a demand that was met meanwhile is dropped. */
    boolean wantsFetch() {
        if (demand.present() && !unconfirmed && !behind()) {
            demand.clear();
        }
        return demand.present();
    }

    /** A fetch ended: it confirms the local revision, unless it failed or found an older one. */
    void settled(Round<?> round, RefreshOutcome outcome) {
        switch (outcome) {
            case APPLIED, UNCHANGED, NOT_MODIFIED -> {
                confirmed(round.startedAt);
                unconfirmed &= round.epochAtStart != epoch;
                regressions = regressions.settled();
            }
            case OVERTAKEN -> unconfirmed &= round.epochAtStart != epoch;
            case REGRESSED -> unconfirmed = true;
            case FAILED -> silence();
        }
        notApplying();
    }

    /** Whether the round's snapshot is older than what was announced before its fetch began (E5). */
    boolean lagging(Round<?> round) {
        long asked = round.announcedAtStart;
        return round.isFetch() && !isStale(asked) && Revision.isNewer(asked, round.answer(this)) && behind();
    }

    // ---- what the status shows

    boolean connected() {
        return connected;
    }

    Regressions regressions() {
        return regressions;
    }

    /** DESIGN 4.1: there is data, connected, confirmed, not behind for too long, and the source answers. */
    boolean live(long now, Duration fetchTimeout, @Nullable Duration probeInterval) {
        boolean overdue = behindFor(Durations.nanos(fetchTimeout), now);
        boolean silent = probeInterval != null && silentFor(2 * Durations.nanos(probeInterval), now);
        return primed && connected && !unconfirmed && !overdue && !silent;
    }
}
