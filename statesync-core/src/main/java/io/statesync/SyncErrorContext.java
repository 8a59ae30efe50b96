package io.statesync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A failure with everything that is known about it (E12). Each failure is reported exactly once.
 *
 * @param phase where it happened
 * @param topic the topic; null only where a message named none
 * @param error what was thrown
 * @param localRevision the replica's revision at that moment
 * @param eventRevision the revision of the event that is concerned
 * @param snapshotRevision the revision of the snapshot that is concerned
 * @param sourceId the event's source id
 * @param sourceEvent the event or payload as it came
 * @param attempt which attempt failed, from 1; 0 where nothing was attempted
 * @param willRetry whether it is tried again without a further cause
 * @param nextDelay when that happens, from now
 */
public record SyncErrorContext(
        SyncPhase phase,
        @Nullable String topic,
        Throwable error,
        @Nullable Revision localRevision,
        @Nullable Revision eventRevision,
        @Nullable Revision snapshotRevision,
        @Nullable String sourceId,
        @Nullable Object sourceEvent,
        int attempt,
        boolean willRetry,
        @Nullable Duration nextDelay) {

    /** A failure of which only the place and the error are known. */
    public static SyncErrorContext of(SyncPhase phase, @Nullable String topic, Throwable error) {
        return new SyncErrorContext(phase, topic, error, null, null, null, null, null, 0, false, null);
    }

    /** The same failure with the replica's revision. */
    public SyncErrorContext withLocalRevision(Revision revision) {
        return new SyncErrorContext(
                phase,
                topic,
                error,
                revision,
                eventRevision,
                snapshotRevision,
                sourceId,
                sourceEvent,
                attempt,
                willRetry,
                nextDelay);
    }
}
