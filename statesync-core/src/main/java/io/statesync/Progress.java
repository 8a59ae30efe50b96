package io.statesync;

import org.jspecify.annotations.Nullable;

/**
 * How far the replica is, and how far it knows the source to be. Guarded by the engine's lock; what is volatile is also read
 * without it. The ledger extends it.
 */
abstract class Progress extends Moments {

    /** The applied revision; {@link Token} holds it, too. */
    private volatile long local;

    /** The newest revision that was heard of. */
    private long newest;

    /** What is open about it; null at rest. */
    private @Nullable Announcements open;

    /** Without the lock: one volatile read. */
    final boolean isStale(long bits) {
        return !Revision.isNewer(bits, local);
    }

    /** Without the lock: one volatile read. */
    final long local() {
        return local;
    }

    final long announced() {
        return newest;
    }

    /** Whether something newer than what is applied was announced. */
    final boolean behind() {
        return Revision.isNewer(newest, local);
    }

    /** Whether that has been so for longer than this. */
    final boolean behindFor(long nanos, long now) {
        return behind() && open != null && now - open.behindSince() > nanos;
    }

    /** An event, or somebody's word, says that there is this revision, newer than what is applied. */
    final void heard(long bits, long timestampMs, @Nullable String traceparent, long now) {
        raise(bits, now);
        open(now).heard(bits, timestampMs, traceparent);
    }

    /** The probe found this revision, newer than what is applied. */
    final void found(long bits, long now) {
        if (raise(bits, now)) {
            open(now).foundByProbe();
        }
    }

    private boolean raise(long bits, long now) {
        if (!Revision.isNewer(bits, newest)) {
            return false;
        }
        Announcements raised = open(now);
        if (!behind()) {
            raised.behindSince(now);
        }
        newest = bits;
        raised.undenied();
        return true;
    }

    private Announcements open(long now) {
        Announcements known = open == null ? new Announcements(now) : open;
        open = known;
        return known;
    }

    /** The trace context of the newest event that is not answered yet, of those that have one. */
    final @Nullable String traceparent() {
        return open == null ? null : open.traceparent();
    }

    /** The source answered; true if it has now gone without confirming the newest announcement for too long. */
    final boolean denies(long answer, long now) {
        if (Revision.isNewer(newest, answer)) {
            return open(now).deniedForTooLong(now);
        }
        if (open != null) {
            open.undenied();
        }
        return false;
    }

    /** The source did not answer: the time since its last answer does not count. */
    final void silence() {
        if (open != null) {
            open.silence();
        }
    }

    /** Forgets everything that is newer than this revision. */
    final void forget(long bits) {
        newest = bits;
        open = null;
    }

    /** The snapshot of this round was applied; tells what that answers. */
    final Announcements.Answered reached(long bits, Round<?> round) {
        local = bits;
        boolean caughtUp = !behind();
        Announcements.Answered answered = open == null ? Announcements.Answered.NOTHING : open.applied(bits, caughtUp);
        if (caughtUp) {
            forget(bits);
        } else if (open == null) {
            open = new Announcements(round.startedAt);
        } else if (!Revision.isNewer(round.announcedAtStart, bits)) {
            // what is still missing was announced after this round had begun
            open.behindSince(round.startedAt);
        }
        return answered;
    }
}
