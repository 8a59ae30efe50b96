package io.statesync.autoconfigure.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncStatus;
import io.statesync.persistence.PersistenceStatistics;
import io.statesync.spring.PersistedTopic;
import io.statesync.spring.Replica;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a topic is persisted, as it is shown.
 *
 * @param storage where
 * @param restored whether what is read was restored, and has not been found current yet
 * @param restoredRevision the revision that was restored
 * @param restoredSavedAt when that was saved
 * @param savedRevision the revision that was saved last
 * @param savedAt when that was
 * @param pending whether something waits to be saved
 * @param lastError the newest failure since the start
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PersistenceView(
        String storage,
        boolean restored,
        @Nullable String restoredRevision,
        @Nullable String restoredSavedAt,
        @Nullable String savedRevision,
        @Nullable String savedAt,
        boolean pending,
        TopicView.@Nullable LastError lastError) {

    static @Nullable PersistenceView of(Replica replica, SyncStatus status) {
        PersistedTopic topic = replica.persisted();
        if (topic == null) {
            return null;
        }
        PersistenceStatistics known = topic.statistics();
        return new PersistenceView(
                topic.storage(),
                topic.unconfirmed(status),
                shown(known.restoredRevision()),
                shown(known.restoredSavedAt()),
                shown(known.savedRevision()),
                shown(known.lastSaved()),
                topic.pending(),
                shown(known.lastError()));
    }

    private static @Nullable String shown(@Nullable Revision revision) {
        return revision == null ? null : revision.toString();
    }

    private static @Nullable String shown(@Nullable Instant time) {
        return time == null ? null : Shown.time(time);
    }

    private static TopicView.@Nullable LastError shown(@Nullable SyncErrorContext error) {
        return error == null ? null : new TopicView.LastError(error.phase().tag(), Shown.failure(error));
    }
}
