package io.statesync.mutation;

import io.statesync.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Where a source puts what it hears. Safe for use by any thread; calls are applied one after the other. What comes before
 * the initial data is kept and applied after it, in order (MU-C4).
 */
public interface SyncSink<K, T> {

    /** All rows: those that are not among them are gone (MU-C7). Visible when the call returns, but for what is held. */
    void onUpdate(SyncedRows<T> rows);

    /**
     * Some rows (MU-C7).
     *
     * @param revision of the whole, after them; null if the source has none
     */
    void onDelta(@Nullable Revision revision, RowDelta<K, T> delta);
}
