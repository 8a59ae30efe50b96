package io.statesync;

import io.statesync.policy.RetryPolicy;

/** Reads a topic's snapshot from its source of truth. */
@FunctionalInterface
public interface SnapshotProvider<T> {

    /**
     * Reads the truth once, the revision first and then the data (P6). Called on a refresh thread, never twice at a time
     * unless a former call was abandoned; interrupted when it takes longer than the fetch time-out or the sync stops.
     *
     * @throws ProtocolException if the answer is not a snapshot envelope
     * @throws Exception if it cannot be had
     */
    SnapshotEnvelope<T> getSnapshot() throws Exception;

    /**
     * The same provider with several attempts per call (E14). A conditional provider stays conditional.
     *
     * @param listener told, through {@link SyncListener#onError}, of each attempt that will be repeated; the last failure
     *     is thrown
     */
    default SnapshotProvider<T> withRetry(RetryPolicy policy, SyncListener listener) {
        return RetryingProvider.around(this, policy, listener);
    }
}
