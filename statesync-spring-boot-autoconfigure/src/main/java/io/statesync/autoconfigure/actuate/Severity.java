package io.statesync.autoconfigure.actuate;

import io.statesync.SyncStatus;
import io.statesync.spring.Startup;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Status;

/**
 * How bad the state of a topic is for the application that reads it ({@code docs/operations.md}): nothing is wrong while
 * reads are answered, and an application is taken out of service only if it said that it cannot do without them.
 */
final class Severity {

    private Severity() {}

    /** @param maxStaleness beyond which age reads are refused; null if they never are */
    static Status of(SyncStatus status, boolean paused, Startup startup, @Nullable Duration maxStaleness) {
        if (paused) {
            return Status.UNKNOWN;
        }
        if (!status.hasData()) {
            return startup == Startup.BACKGROUND ? Status.UNKNOWN : Status.OUT_OF_SERVICE;
        }
        return isTooOld(status.age(), maxStaleness) ? Status.OUT_OF_SERVICE : Status.UP;
    }

    private static boolean isTooOld(@Nullable Duration age, @Nullable Duration limit) {
        return age != null && limit != null && age.compareTo(limit) > 0;
    }
}
