package io.statesync.mutation;

/** Takes transactions that failed for good, with their attempts: a letter box for the undeliverable. */
@FunctionalInterface
public interface FailureHandler {

    /** Called once per failed transaction, on the callback executor, after the failure is durable or a second has passed. */
    void failed(MutationTransaction transaction);
}
