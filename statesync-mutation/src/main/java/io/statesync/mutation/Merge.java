package io.statesync.mutation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Derives what is visible of a row from what was synced and what is pending (MU-P2). Pure and quick: called under the
 * engine's lock, again and again. If it throws, that is reported and the changes are applied field by field (MU-P5).
 *
 * @param <T> the type of a row
 */
@FunctionalInterface
public interface Merge<T> {

    /**
     * The visible row.
     *
     * @param synced the synced row; null if there is none
     * @param pending the pending mutations of the row, oldest first; at least one of them is parallel
     * @return null: nothing is visible
     */
    @Nullable
    T merge(@Nullable T synced, List<PendingMutation> pending);
}
