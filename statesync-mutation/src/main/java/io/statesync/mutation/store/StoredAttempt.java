package io.statesync.mutation.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call of a mutation function, as it is stored.
 *
 * @param id unique; a result that comes under another id is late
 * @param number from 1
 * @param startedAt when it was begun
 * @param completedAt when it ended; null while it runs, and when the process ended before it
 * @param error why it failed
 * @param retryScheduledFor when the next one was due, if there was to be one
 * @param interrupted whether it ended without an answer, with the process (R11, D4)
 */
public record StoredAttempt(
        String id,
        int number,
        Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable StoredError error,
        @Nullable Instant retryScheduledFor,
        boolean interrupted) {}
