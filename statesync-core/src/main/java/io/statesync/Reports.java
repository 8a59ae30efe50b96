package io.statesync;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the engine tells the world about itself, put into words. Called under the engine's lock where a ledger is read. */
final class Reports {

    private Reports() {}

    static RefreshReport ended(String topic, Ledger ledger, Round<?> round, RefreshOutcome outcome) {
        return new RefreshReport(
                topic,
                round.cause,
                outcome,
                new Revision(ledger.local()),
                snapshotRevision(round),
                Duration.ofNanos(round.fetchNanos),
                Duration.ofNanos(round.applyNanos),
                round.answered.timestampMs(),
                round.answered.traceparent(),
                round.answered.probeRepair());
    }

    static @Nullable SyncErrorContext failure(
            String topic, Ledger ledger, Round<?> round, Ending ending, @Nullable Duration nextDelay) {
        Throwable error = ending.error();
        SyncPhase phase = ending.phase();
        if (error == null || phase == null) {
            return null;
        }
        boolean announced = Revision.isNewer(round.announcedAtStart, ledger.local());
        return new SyncErrorContext(
                phase,
                topic,
                error,
                new Revision(ledger.local()),
                announced ? new Revision(round.announcedAtStart) : null,
                snapshotRevision(round),
                null,
                null,
                ending.attempt(),
                nextDelay != null,
                nextDelay);
    }

    private static @Nullable Revision snapshotRevision(Round<?> round) {
        SnapshotEnvelope<?> snapshot = round.snapshot;
        return snapshot == null ? null : snapshot.revision();
    }

    static SyncErrorContext neverConfirmed(String topic, Revision local, Revision dropped) {
        String message = "topic \"" + topic + "\": revision " + dropped + " was announced, but for "
                + Announcements.UNCONFIRMED_LIMIT.toMinutes() + " minutes the source answered without confirming it;"
                + " it is taken for forged or lost and dropped";
        return new SyncErrorContext(
                SyncPhase.PROTOCOL,
                topic,
                new ProtocolException(message),
                local,
                dropped,
                null,
                null,
                null,
                0,
                false,
                null);
    }

    static Throwable tooLate(String topic, Duration fetchTimeout) {
        return new TimeoutException(
                "topic \"" + topic + "\": no snapshot within the fetch time-out of " + fetchTimeout);
    }

    static Throwable hanging(String topic, int fetches) {
        return new IllegalStateException(
                "topic \"" + topic + "\": " + fetches + " former fetches hang in the provider, though"
                        + " they were interrupted; no further one begins until one of them ends");
    }

    static Throwable applierHangs(String topic, Duration stopTimeout) {
        return new TimeoutException("topic \"" + topic + "\": the applier did not end within the stop time-out of "
                + stopTimeout + " and was interrupted");
    }

    static IllegalStateException applierStillRuns(String topic) {
        return new IllegalStateException(
                "topic \"" + topic
                        + "\" cannot be started: its applier still runs since before the last stop and did not heed the interrupt");
    }
}
