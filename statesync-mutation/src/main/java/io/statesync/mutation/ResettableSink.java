package io.statesync.mutation;

/** A sink whose source may go back to an older revision, and be believed (DESIGN E11). */
interface ResettableSink<K, T> extends SyncSink<K, T> {

    /** As {@link #onUpdate}, where the revision is lower than the one before and all the same the newest. */
    void onReset(SyncedRows<T> rows);
}
