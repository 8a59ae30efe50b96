package io.statesync.mutation;

import io.statesync.Revision;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a collection, at a revision.
 *
 * @param revision the source's; null if it has none
 * @param rows all of them; not changed any more
 */
public record SyncedRows<T>(@Nullable Revision revision, Collection<T> rows) {

    /** The rows of a source without revisions. */
    public static <T> SyncedRows<T> of(Collection<T> rows) {
        return new SyncedRows<>(null, rows);
    }
}
