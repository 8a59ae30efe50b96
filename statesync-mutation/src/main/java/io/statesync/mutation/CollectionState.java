package io.statesync.mutation;

/** Whether a collection has its data. */
public enum CollectionState {
    /** The initial data is on its way; what was inserted, or restored, is there already. */
    LOADING,
    /** The initial data was applied. */
    READY,
    /** The source's setup failed; it can be repeated (MU-C5). */
    ERROR
}
