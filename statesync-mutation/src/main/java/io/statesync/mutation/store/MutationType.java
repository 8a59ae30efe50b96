package io.statesync.mutation.store;

/** What a mutation does to its row. */
public enum MutationType {
    INSERT,
    UPDATE,
    DELETE
}
