package io.statesync.mutation;

import java.util.Collection;
import java.util.List;

/**
 * Some rows that came, and some that went; all others are as they were (MU-C7).
 *
 * @param upserts rows as they are now
 * @param deletes keys of rows that are gone
 */
public record RowDelta<K, T>(Collection<T> upserts, Collection<K> deletes) {

    /** Rows as they are now. */
    public static <K, T> RowDelta<K, T> upsert(Collection<T> rows) {
        return new RowDelta<>(rows, List.of());
    }

    /** Keys of rows that are gone. */
    public static <K, T> RowDelta<K, T> delete(Collection<K> keys) {
        return new RowDelta<>(List.of(), keys);
    }
}
