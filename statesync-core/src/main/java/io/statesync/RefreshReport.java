package io.statesync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A round that has ended.
 *
 * @param topic the topic
 * @param cause why it was run
 * @param outcome how it ended
 * @param localRevision the local revision after it
 * @param snapshotRevision the revision of the snapshot, if one was read
 * @param fetchTime how long the provider took; zero for an offer
 * @param applyTime how long the applier took; zero if it was not called
 * @param eventTimestampMs the time stamp of the first event that this round answers, in milliseconds since the epoch, or
 *     {@link InvalidationEvent#NO_TIMESTAMP}
 * @param traceparent the trace context of that event; a {@link RoundObserver} gets that of the newest
 * @param probeRepair whether this round applied what only a probe had announced: an event was lost, or is slower
 */
public record RefreshReport(
        String topic,
        RefreshCause cause,
        RefreshOutcome outcome,
        Revision localRevision,
        @Nullable Revision snapshotRevision,
        Duration fetchTime,
        Duration applyTime,
        long eventTimestampMs,
        @Nullable String traceparent,
        boolean probeRepair) {}
