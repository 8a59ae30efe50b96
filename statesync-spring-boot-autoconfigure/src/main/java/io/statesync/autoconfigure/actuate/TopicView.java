package io.statesync.autoconfigure.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.statesync.Revision;
import io.statesync.SyncStatus;
import io.statesync.spring.Replica;
import io.statesync.spring.SyncLifecycle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topic as it is shown. What only a replica has is null for a topic of which this application is only the source.
 *
 * @param topic its name
 * @param roles {@code source}, {@code replica} or both
 * @param state what the copy is worth, or {@code PAUSED}
 * @param pausedSince when an operator paused it
 * @param source where it is read from
 * @param revision the applied revision; of a source the current one
 * @param announcedRevision the newest revision heard of
 * @param behind whether something newer than the applied revision was announced
 * @param age time since the copy was last found current
 * @param connected whether invalidations can arrive
 * @param failures how many rounds in a row failed
 * @param regressions how many snapshots were older than the applied one
 * @param nextAttempt when the next catch-up, or the next start, is due, from now
 * @param nextProbe when the source is asked next for its revision, from now
 * @param lastError the newest failure, until a round succeeds
 * @param persistence how its snapshots outlive the application
 * @param counts how often what happened since the start
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TopicView(
        String topic,
        List<String> roles,
        @Nullable String state,
        @Nullable String pausedSince,
        @Nullable String source,
        @Nullable String revision,
        @Nullable String announcedRevision,
        @Nullable Boolean behind,
        @Nullable String age,
        @Nullable Boolean connected,
        @Nullable Integer failures,
        @Nullable Long regressions,
        @Nullable String nextAttempt,
        @Nullable String nextProbe,
        @Nullable LastError lastError,
        @Nullable PersistenceView persistence,
        @Nullable CountsView counts) {

    /** Where a failure happened, and what it was. */
    record LastError(String phase, String message) {}

    static TopicView of(Replica replica, boolean sourceIsHere, SyncLifecycle lifecycle, TopicCounts counts) {
        String topic = replica.topic();
        SyncStatus status = replica.sync().status();
        Instant paused = lifecycle.pausedSince(topic);
        Duration nextAttempt = status.nextAttempt() == null ? lifecycle.untilNextStart(topic) : status.nextAttempt();
        return new TopicView(
                topic,
                sourceIsHere ? List.of("source", "replica") : List.of("replica"),
                Shown.state(status, paused != null),
                paused == null ? null : Shown.time(paused),
                replica.source().source(),
                status.localRevision().toString(),
                status.announcedRevision().toString(),
                status.behind(),
                shown(status.age()),
                status.connected(),
                status.failures(),
                status.regressions(),
                shown(nextAttempt),
                shown(status.nextProbe()),
                lastError(replica, status),
                PersistenceView.of(replica, status),
                counts.shown());
    }

    static TopicView ofSource(String topic, SourceState sources) {
        Revision revision = sources.revisions().get(topic);
        return new TopicView(
                topic,
                List.of("source"),
                null,
                null,
                null,
                revision == null ? null : revision.toString(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                sources.errors().get(topic),
                null,
                null);
    }

    private static @Nullable LastError lastError(Replica replica, SyncStatus status) {
        if (status.lastError() != null) {
            return new LastError(status.lastError().phase().tag(), Shown.failure(status.lastError()));
        }
        String problem = replica.source().problem();
        return problem == null ? null : new LastError("connect", Shown.line(problem));
    }

    private static @Nullable String shown(@Nullable Duration duration) {
        return duration == null ? null : Shown.duration(duration);
    }
}
