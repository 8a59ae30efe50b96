package io.statesync.autoconfigure.actuate;

import io.statesync.SyncStatus;
import io.statesync.spring.PersistedTopic;
import io.statesync.spring.Replica;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How old a restored state is that nobody has found current yet: by the date of its record, as no clock has run since. */
final class Restored {

    private static final InstantSource CLOCK = InstantSource.system();

    private Restored() {}

    /** The time since it was saved, not below zero; null if the state was not restored, or has been found current since. */
    static @Nullable Duration sinceSaved(Replica replica, SyncStatus status) {
        PersistedTopic persisted = replica.persisted();
        if (persisted == null || !persisted.unconfirmed(status)) {
            return null;
        }
        Instant savedAt = persisted.statistics().restoredSavedAt();
        if (savedAt == null) {
            return null;
        }
        Duration since = Duration.between(savedAt, CLOCK.instant());
        return since.isNegative() ? Duration.ZERO : since;
    }
}
