package io.statesync.mutation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@link MutationFn#awaitSync} is given (MU-S2).
 *
 * @param changes what changed, by row
 * @param transaction the transaction
 * @param result what {@code persist} returned
 * @param sync what has come by sync, and what will
 */
public record SyncContext(
        Map<Ref, Map<String, @Nullable Object>> changes,
        MutationTransaction transaction,
        PersistResult result,
        SyncHandle sync) {}
