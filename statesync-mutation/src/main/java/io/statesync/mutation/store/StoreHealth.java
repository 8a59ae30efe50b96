package io.statesync.mutation.store;

import org.jspecify.annotations.Nullable;

/**
 * How a storage is.
 *
 * @param durable whether what it acknowledges survives the process
 * @param problem why it is not as it should be; null if it is
 * @param lag how many events were appended and are not durable yet
 * @param usedElsewhere whether the problem is that somebody else has it: another process, another node
 * @param inHeap how many transactions it keeps in the heap, with their whole history
 */
public record StoreHealth(boolean durable, @Nullable String problem, long lag, boolean usedElsewhere, long inHeap) {

    /** Of one that is nobody else's, and keeps nothing in the heap. */
    public StoreHealth(boolean durable, @Nullable String problem, long lag) {
        this(durable, problem, lag, false, 0);
    }
}
