package io.statesync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is open about the newest announced revision: since when the replica is behind it, who said so, and whether anybody
 * will ever confirm it (E5, E11). A topic at rest has none. Guarded by the engine's lock.
 */
final class Announcements {

    /** How long a source may answer without confirming an announced revision before it is dropped. */
    static final Duration UNCONFIRMED_LIMIT = Duration.ofMinutes(2);

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

    /** The replica is behind since then. */
    Announcements(long since) {
        behindSince = since;
    }

    long behindSince() {
        return behindSince;
    }

    /** What is still missing was announced after this moment. */
    void behindSince(long moment) {
        behindSince = moment;
    }

    /** An event, or somebody's word, says that there is this revision. */
    void heard(long bits, long timestampMs, @Nullable String newTraceparent) {
        onlyByProbe = false;
        if (event == null) {
            event = new Heard(bits, timestampMs, newTraceparent);
        }
        if (newTraceparent != null && (traceparent == null || Revision.isNewer(bits, tracedBits))) {
            traceparent = newTraceparent;
            tracedBits = bits;
        }
    }

    /** The probe found a newer revision than any announced one. */
    void foundByProbe() {
        onlyByProbe = true;
    }

    @Nullable
    String traceparent() {
        return traceparent;
    }

    /** The source answered with the newest announced revision, or there is a newer one: nobody denies it. */
    void undenied() {
        denied = false;
        deniedFor = 0;
    }

    /** The source answered without confirming; true if it has now done so for too long. */
    boolean deniedForTooLong(long now) {
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

    /** A round applied this revision; tells what that answers. */
    Answered applied(long local, boolean caughtUp) {
        Heard answered = event != null && !Revision.isNewer(event.bits, local) ? event : null;
        if (answered != null) {
            event = null;
        }
        if (traceparent != null && !Revision.isNewer(tracedBits, local)) {
            traceparent = null;
        }
        return new Answered(answered, caughtUp && onlyByProbe);
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
