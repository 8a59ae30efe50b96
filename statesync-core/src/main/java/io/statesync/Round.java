package io.statesync;

import io.statesync.policy.Scheduler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The topic's only fetch or apply (DESIGN 4.2). What is not final is guarded by the engine's lock unless said otherwise. */
final class Round<T> {

    enum Stage {
        FETCHING,
        APPLYING,
        REPORTING
    }

    final RefreshCause cause;
    final List<SyncFuture<Revision>> callers;
    final long startedAt;
    final long announcedAtStart;
    final int epochAtStart;
    final int resetsAtStart;
    /** What the provider may be told to be conditional on; null for a gate that forgot its revision. */
    final @Nullable Revision known;
    /** Of the newest event that a fetch may answer. */
    final @Nullable String traceparent;

    Stage stage;
    /** Set once it is REPORTING. */
    @Nullable
    Ending ending;
    /** Who is in foreign code for this round; only while it is set may it be interrupted. */
    @Nullable
    Thread runner;

    @Nullable
    SnapshotEnvelope<T> snapshot;

    /** What {@link Announcements#applied} said. */
    Announcements.Answered answered = Announcements.Answered.NOTHING;

    /** A stop waited for the apply long enough. */
    boolean givenUp;
    /** Out of the slot while its provider was still running. */
    boolean lingering;

    /** Written and read by the thread that runs the round. */
    long fetchNanos;

    long applyNanos;

    /** Set by the thread that arms it, cancelled by whoever ends the stage: a late cancel is harmless. */
    volatile Scheduler.@Nullable Timer limit;

    /** Set by the thread that runs the round, if somebody observes it; another that ends the round only looks at it. */
    private volatile @Nullable ObservedRound observed;

    Round(
            RefreshCause cause,
            List<SyncFuture<Revision>> callers,
            long startedAt,
            Ledger ledger,
            @Nullable SnapshotEnvelope<T> offered) {
        this.cause = cause;
        this.callers = callers;
        this.startedAt = startedAt;
        this.announcedAtStart = ledger.announced();
        this.epochAtStart = ledger.epoch();
        this.resetsAtStart = ledger.resets();
        this.known = ledger.known();
        this.traceparent = offered == null ? ledger.traceparent() : null;
        this.snapshot = offered;
        this.stage = offered == null ? Stage.FETCHING : Stage.APPLYING;
    }

    /** The revision that the source answered with; after "not modified" it is the local one. */
    long answer(Ledger ledger) {
        SnapshotEnvelope<T> read = snapshot;
        return read == null ? ledger.local() : read.revision().bits();
    }

    boolean isFetch() {
        return cause != RefreshCause.OFFER;
    }

    void observedBy(@Nullable ObservedRound observer) {
        observed = observer;
    }

    @Nullable
    ObservedRound observed() {
        return observed;
    }

    /** Tells whoever observes it that it is over. Without the lock, by a thread that took it since the round ended. */
    void over() {
        ObservedRound observer = observed;
        if (observer != null) {
            observer.end(ending);
        }
    }

    /** Interrupts whoever runs foreign code for it. Under the engine's lock. */
    void interrupt() {
        Thread running = runner;
        if (running != null) {
            running.interrupt();
        }
    }
}
