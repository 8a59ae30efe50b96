package io.statesync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a sync knows about itself at one moment, consistent in itself.
 *
 * @param topic the topic
 * @param state what the copy is worth
 * @param localRevision the applied revision; {@link Revision#ZERO} if there is no data
 * @param announcedRevision the newest revision heard of (event, probe, await)
 * @param hasData whether a snapshot was applied
 * @param connected whether the transport has the subscription
 * @param age time since the local revision was last found current by a fetch or a probe; null if never
 * @param regressions how many snapshots were older than the local revision
 * @param failures how many rounds in a row failed or brought too old a snapshot
 * @param nextAttempt when the next catch-up is due, from now; null if none is planned
 * @param nextProbe when the source is asked next for its revision, from now (P8); null if it is not, or not subscribed
 * @param lastError the newest failure, kept until a round succeeds; for {@link SyncState#FAILED} the one of the start
 */
public record SyncStatus(
        String topic,
        SyncState state,
        Revision localRevision,
        Revision announcedRevision,
        boolean hasData,
        boolean connected,
        @Nullable Duration age,
        long regressions,
        int failures,
        @Nullable Duration nextAttempt,
        @Nullable Duration nextProbe,
        @Nullable SyncErrorContext lastError) {

    /** Whether something newer than the local revision was announced. */
    public boolean behind() {
        return announcedRevision.isNewerThan(localRevision);
    }
}
