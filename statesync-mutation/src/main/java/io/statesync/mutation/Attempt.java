package io.statesync.mutation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call of a mutation function (MU-R5). Immutable.
 *
 * @param id unique; an answer that comes under an older id is ignored (MU-R9)
 * @param number from 1
 * @param startedAt when it began
 * @param completedAt when it ended; null while it runs
 * @param error why it failed; after a restart a {@link RestoredException}
 * @param retryScheduledFor when the next one is due; null if there is none
 * @param interrupted whether it ended without an answer, with the process
 */
public record Attempt(
        String id,
        int number,
        Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Throwable error,
        @Nullable Instant retryScheduledFor,
        boolean interrupted) {}
