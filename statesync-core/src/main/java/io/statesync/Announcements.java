package io.statesync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a replica has heard of: the newest announced revision, since when the replica is behind it, who said so, and whether
 * anybody will ever confirm it (E5, E11). Guarded by the engine's lock.
 */
final class Announcements {

    /** How long a source may answer without confirming an announced revision before it is dropped. */
    static final Duration UNCONFIRMED_LIMIT = Duration.ofMinutes(2);

    private long newest;
    private long behindSince;

    private boolean onlyByProbe;
    /** The first event since the last apply, for the report of the round that answers it. */
    private @Nullable Heard event;
    /** Of the newest event that has one and is not answered yet, with that event's revision. */
    private @Nullable String traceparent;

    private long tracedBits;

    private boolean denied;
    private long lastDenialAt;
    private long deniedFor;

    long newest() {
        return newest;
    }

    boolean behind(long local) {
        return Revision.isNewer(newest, local);
    }

    long behindSince() {
        return behindSince;
    }

    /** An event, or somebody's word, says that there is this revision. */
    void heard(long bits, long timestampMs, @Nullable String traceparent, long local, long now) {
        onlyByProbe = false;
        raise(bits, local, now);
        if (event == null) {
            event = new Heard(bits, timestampMs, traceparent);
        }
        if (traceparent != null && (this.traceparent == null || Revision.isNewer(bits, tracedBits))) {
            this.traceparent = traceparent;
            tracedBits = bits;
        }
    }

    @Nullable
    String traceparent() {
        return traceparent;
    }

    /** The probe found this revision, newer than the local one. */
    void found(long bits, long local, long now) {
        if (raise(bits, local, now)) {
            onlyByProbe = true;
        }
    }

    private boolean raise(long bits, long local, long now) {
        if (!Revision.isNewer(bits, newest)) {
            return false;
        }
        if (!behind(local)) {
            behindSince = now;
        }
        newest = bits;
        denied = false;
        deniedFor = 0;
        return true;
    }

    /** The source answered; true if it has now gone without confirming the newest announcement for too long. */
    boolean deniedForTooLong(long answer, long now) {
        if (!Revision.isNewer(newest, answer)) {
            denied = false;
            deniedFor = 0;
            return false;
        }
        if (denied) {
            deniedFor += now - lastDenialAt;
        }
        denied = true;
        lastDenialAt = now;
        return deniedFor >= UNCONFIRMED_LIMIT.toNanos();
    }

    /** The source did not answer: the time since its last answer does not count. */
    void silence() {
        denied = false;
    }

    /** Forgets everything that is newer than this revision. */
    void forget(long local) {
        newest = local;
        onlyByProbe = false;
        event = null;
        traceparent = null;
        denied = false;
        deniedFor = 0;
    }

    /** A round applied this revision; tells what that answers. */
    Answered applied(long local, long announcedAtStart, long startedAt) {
        boolean caughtUp = !behind(local);
        Heard answered = event != null && !Revision.isNewer(event.bits, local) ? event : null;
        Answered result = new Answered(answered, caughtUp && onlyByProbe);
        if (answered != null) {
            event = null;
        }
        if (traceparent != null && !Revision.isNewer(tracedBits, local)) {
            traceparent = null;
        }
        if (caughtUp) {
            forget(local);
        } else if (!Revision.isNewer(announcedAtStart, local)) {
            // what is still missing was announced after this round had begun
            behindSince = startedAt;
        }
        return result;
    }

    private record Heard(
            long bits, long timestampMs, @Nullable String traceparent) {}

    /** What an applied snapshot answers: the event that asked for it, or a question of the probe alone. */
    record Answered(@Nullable Heard event, boolean probeRepair) {

        static final Answered NOTHING = new Answered(null, false);

        long timestampMs() {
            return event == null ? InvalidationEvent.NO_TIMESTAMP : event.timestampMs;
        }

        @Nullable
        String traceparent() {
            return event == null ? null : event.traceparent;
        }
    }
}
