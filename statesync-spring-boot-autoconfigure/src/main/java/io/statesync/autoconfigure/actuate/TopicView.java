package io.statesync.autoconfigure.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.statesync.Revision;
import io.statesync.SyncStatus;
import io.statesync.spring.Replica;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topic as it is shown. What only a replica has is null for a topic of which this application is only the source.
 *
 * @param topic its name
 * @param roles {@code source}, {@code replica} or both
 * @param state what the copy is worth
 * @param source where it is read from
 * @param revision the applied revision; of a source the current one, if it is counted here
 * @param announcedRevision the newest revision heard of
 * @param behind whether something newer than the applied revision was announced
 * @param age time since the copy was last found current
 * @param connected whether invalidations can arrive
 * @param failures how many rounds in a row failed
 * @param regressions how many snapshots were older than the applied one
 * @param nextAttempt when the next catch-up is due, from now
 * @param lastError the newest failure, until a round succeeds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TopicView(
        String topic,
        List<String> roles,
        @Nullable String state,
        @Nullable String source,
        @Nullable String revision,
        @Nullable String announcedRevision,
        @Nullable Boolean behind,
        @Nullable String age,
        @Nullable Boolean connected,
        @Nullable Integer failures,
        @Nullable Long regressions,
        @Nullable String nextAttempt,
        @Nullable LastError lastError) {

    /** Where a failure happened, and what it was. */
    record LastError(String phase, String message) {}

    static TopicView of(Replica replica, boolean sourceIsHere) {
        SyncStatus status = replica.sync().status();
        return new TopicView(
                replica.topic(),
                sourceIsHere ? List.of("source", "replica") : List.of("replica"),
                status.state().name(),
                replica.source().source(),
                status.localRevision().toString(),
                status.announcedRevision().toString(),
                status.behind(),
                shown(status.age()),
                status.connected(),
                status.failures(),
                status.regressions(),
                shown(status.nextAttempt()),
                lastError(replica, status));
    }

    static TopicView ofSource(String topic, @Nullable Revision revision, @Nullable LastError error) {
        String shown = revision == null ? null : revision.toString();
        return new TopicView(
                topic, List.of("source"), null, null, shown, null, null, null, null, null, null, null, error);
    }

    private static @Nullable LastError lastError(Replica replica, SyncStatus status) {
        if (status.lastError() != null) {
            return new LastError(
                    status.lastError().phase().tag(),
                    Shown.message(status.lastError().error()));
        }
        String problem = replica.source().problem();
        return problem == null ? null : new LastError("connect", Shown.line(problem));
    }

    private static @Nullable String shown(@Nullable Duration duration) {
        return duration == null ? null : Shown.duration(duration);
    }
}
