package io.statesync.persistence;

import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a persistence has done since it was built; all values belong to one moment.
 *
 * @param saves records saved
 * @param saveErrors saves that failed
 * @param refused saves that the storage did not take because it has the same or something newer, such as a sibling's
 * @param throttled snapshots that were applied and overtaken before a save of their own
 * @param loads records read and found good
 * @param loadErrors loads that failed
 * @param bytesSaved the sum of the sizes of all records saved
 * @param lastBytes the size of the last one; -1 if there is none
 * @param lastSaved when it was saved
 * @param lastDuration how long that took
 * @param savedRevision its revision
 * @param restoredRevision the revision that was restored
 * @param restoredSavedAt when the restored record was saved
 * @param lastError the last failure
 */
public record PersistenceStatistics(
        long saves,
        long saveErrors,
        long refused,
        long throttled,
        long loads,
        long loadErrors,
        long bytesSaved,
        long lastBytes,
        @Nullable Instant lastSaved,
        @Nullable Duration lastDuration,
        @Nullable Revision savedRevision,
        @Nullable Revision restoredRevision,
        @Nullable Instant restoredSavedAt,
        @Nullable SyncErrorContext lastError) {}
