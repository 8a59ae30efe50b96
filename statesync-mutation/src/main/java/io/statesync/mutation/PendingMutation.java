package io.statesync.mutation;

import io.statesync.mutation.store.MutationType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction does to one row (MU-M3). Immutable.
 *
 * @param mutationId unique for ever
 * @param ref the row
 * @param type what is done
 * @param original the row that was visible before, earlier optimism included; null if it was inserted
 * @param modified the row after it; of a deletion the row that was deleted (MU-M6)
 * @param changes the fields that differ; of an insertion all, of a deletion none
 * @param metadata the caller's, opaque, kept (MU-M11)
 * @param createdAt when it was made
 * @param updatedAt when its transaction changed last
 * @param state how far it is
 */
public record PendingMutation(
        String mutationId,
        Ref ref,
        MutationType type,
        @Nullable Object original,
        Object modified,
        Map<String, @Nullable Object> changes,
        Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt,
        MutationState state) {}
