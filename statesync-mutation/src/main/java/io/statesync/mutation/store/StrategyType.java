package io.statesync.mutation.store;

/** Whether transactions on the same row wait for each other. */
public enum StrategyType {
    ORDERED,
    PARALLEL
}
